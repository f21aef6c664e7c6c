/** The three marks, by shape, colour and word. */
import type { Mark } from "../../outbox/marks";
import type { Key } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";

const WORDS: Record<Mark, Key> = {
  phone: "mark.phone", text_received: "mark.text_received", part_refused: "refused.media", received: "mark.received", answered: "mark.answered", refused: "mark.refused",
};
const ICONS: readonly IconName[] = ["phone", "county", "answer"];
const REACHED: Record<Mark, number> = { phone: 1, text_received: 1, part_refused: 1, received: 2, answered: 3, refused: 1 };

/** `steps` 2: what the county does not answer (the answer to a task, a visit) ends with "received". */
export function Marks({ mark, steps = 3 }: { mark: Mark; steps?: 2 | 3 }) {
  const { t } = useApp();
  const word = t(WORDS[mark]);
  return (
    <span class={`marks ${mark}`} data-say aria-label={word} role="img">
      {ICONS.slice(0, steps).map((icon, index) => <MarkStep key={icon} icon={icon} state={stepState(mark, index)} />)}
      <span class="word">{word}</span>
    </span>
  );
}

type StepState = "reached" | "partly" | "refused" | "ahead";

function stepState(mark: Mark, index: number): StepState {
  if (index < REACHED[mark]) return "reached";
  if (index === 1 && mark === "text_received") return "partly";
  if (index === 1 && (mark === "refused" || mark === "part_refused")) return "refused";
  return "ahead";
}

function MarkStep({ icon, state }: { icon: IconName; state: StepState }) {
  return <span class={`step ${state}`}><Icon name={state === "refused" ? "cross" : state === "partly" ? "sound" : icon} size={20} /></span>;
}
