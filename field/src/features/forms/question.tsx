/** One question: its words, what the register says of it, the answer on big keys, and why it cannot stay so. */
import { useEffect, useRef } from "preact/hooks";
import { day } from "../../i18n/time";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Note } from "../../ui/parts";
import type { Why } from "./checking";
import type { Choice } from "./definition";
import { DateAnswer, TimeAnswer } from "./day-answer";
import { Label, Pictured } from "./label";
import { NumberAnswer } from "./number-answer";
import { PhotoAnswer } from "./photo-answer";
import { PlaceAnswer } from "./place-answer";
import type { Spot } from "./filling";
import { isYesNo } from "./pages";
import { VoiceAnswer } from "./voice-answer";
import { label } from "./wording";

export interface AnswerProps {
  readonly spot: Spot;
  readonly title: string;
  /** undefined: it is taken back. */
  readonly give: (value: unknown) => void;
  readonly draft: string;
  /** A microphone is open: one does not leaf away from what is being said. */
  readonly busy: (on: boolean) => void;
}

export function Question({ spot, why, first, since, ...rest }: Omit<AnswerProps, "title"> & {
  /** Why it cannot stay so, once somebody tried to go on. */
  readonly why: Why | null;
  /** The first wrong one of its page: it is brought into sight and said. */
  readonly first: boolean;
  /** The day the register said it; "-": it has none; empty: the register did not. */
  readonly since: string;
}) {
  const { language } = useApp();
  const { node } = spot;
  const title = label(spot, language);
  if (node.type === "note") return <Note icon="answer" kind="info">{title}</Note>;
  const hint = named(node.hint, language);
  return (
    <section class={why ? "question wrong" : "question"} aria-label={title}>
      <Label node={node} title={title} hint={hint} required={spot.holds(node.required)} />
      {since && <Since since={since} />}
      <Answer spot={spot} title={title} {...rest} />
      {why && <Refusal spot={spot} why={why} first={first} />}
    </section>
  );
}

function Answer(props: AnswerProps) {
  const { node } = props.spot;
  if (node.read_only) return <p class="big-number digits" data-say>{String(props.spot.own())}</p>;
  switch (node.type) {
    case "integer": case "decimal": return <NumberAnswer {...props} />;
    case "date": return <DateAnswer {...props} />;
    case "time": return <TimeAnswer {...props} />;
    case "select_one": case "select_multiple": return isYesNo(node) ? <YesNo {...props} /> : <Choices {...props} />;
    case "audio": return <VoiceAnswer {...props} />;
    case "image": return <PhotoAnswer {...props} />;
    case "geopoint": return <PlaceAnswer {...props} />;
    case "acknowledge": return <Agree {...props} />;
    default: return <Written {...props} />;
  }
}

function Written({ spot, title, give }: AnswerProps) {
  const { appearance } = spot.node;
  const given = { "aria-label": title, value: String(spot.raw ?? ""), onInput: (event: { currentTarget: { value: string } }) => give(event.currentTarget.value || undefined) };
  return <div class="field">{appearance.includes("multiline") ? <textarea rows={4} {...given} /> : <input type="text" inputMode={appearance.includes("numbers") ? "tel" : "text"} autoComplete="off" {...given} />}</div>;
}

function YesNo({ spot: { raw }, give }: AnswerProps) {
  const { t } = useApp();
  const press = (value: string): void => give(raw === value ? undefined : value);
  return (
    <div class="pair">
      <button class="tile good" aria-pressed={raw === "yes"} onClick={() => press("yes")}><Icon name="check" size={36} /><span>{t("tasks.yes")}</span></button>
      <button class="tile bad" aria-pressed={raw === "no"} onClick={() => press("no")}><Icon name="cross" size={36} /><span>{t("tasks.no")}</span></button>
    </div>
  );
}

/** Pressed again it is taken back. */
function Choices({ spot, give }: AnswerProps) {
  const { t } = useApp();
  const many = spot.node.type === "select_multiple";
  const chosen: readonly unknown[] = Array.isArray(spot.raw) ? spot.raw : [spot.raw];
  const press = ({ name }: Choice): void => {
    if (!many) return give(spot.raw === name ? undefined : name);
    const next = chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen.filter(Boolean), name];
    give(next.length ? next : undefined);
  };
  return (
    <>
      {many && <p class="quiet" data-say>{t("forms.several")}</p>}
      <ul class="answers">{spot.offered().map((choice) => <li key={choice.name}><OneChoice choice={choice} on={chosen.includes(choice.name)} many={many} press={() => press(choice)} /></li>)}</ul>
    </>
  );
}

function OneChoice({ choice, on, many, press }: { choice: Choice; on: boolean; many: boolean; press: () => void }) {
  const { language } = useApp();
  return (
    <button class="row answer-row" aria-pressed={on} onClick={press}>
      <Pictured media={choice.media} />
      <span class="grow">{named(choice.label, language)}</span>
      <span class={many ? "tick square" : "tick"}>{on && <Icon name="check" size={24} />}</span>
    </button>
  );
}

function Agree({ spot: { raw }, give }: AnswerProps) {
  const { t } = useApp();
  return <button class="tile good flat" aria-pressed={raw === true} onClick={() => give(raw === true ? undefined : true)}><Icon name="check" size={36} /><span>{t("forms.agree")}</span></button>;
}

function Since({ since }: { since: string }) {
  const { t, language } = useApp();
  return <p class="fact quiet" data-say><Icon name="clock" size={20} />{since === "-" ? t("forms.on_record") : t("forms.known", { date: day(language, since) })}</p>;
}

/** Told by text and voice. */
function Refusal({ spot, why, first }: { spot: Spot; why: Why; first: boolean }) {
  const { t, language, voice, phone } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const words = why === "required" ? t("forms.required") : (why === "constraint" && label(spot, language, spot.node.constraint_message)) || t("forms.wrong");
  useEffect(() => {
    if (!first) return;
    box.current?.scrollIntoView({ block: "center" });
    if (phone.speaking) voice.say(language, words);
  }, [words, first]);
  return <div ref={box}><Note icon="urgent" kind="error">{words}</Note></div>;
}
