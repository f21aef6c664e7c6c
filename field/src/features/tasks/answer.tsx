/** The answer: what is asked on big keys, a voice always, photo and text if one likes; then one big "save". */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Key } from "../../i18n/translate";
import { uuid7 } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { Screen } from "../../ui/parts";
import { Extras, type ExtrasState } from "../report/extras";
import { Saved } from "../report/saved";
import { useExtras } from "../report/use-extras";
import { useRecording } from "../report/use-recording";
import { VoicePanel } from "../report/voice-panel";
import { composeAnswer, isAnswer, type Answer } from "./compose";
import type { Task } from "./duties";
import { Families } from "./families";
import { SaveDock, SaveTrouble } from "./save-dock";
import { useSaving } from "./saving";

const NOTHING: ExtrasState = { photos: [], text: "", household: null, urgent: false, hazard: null };

export function AnswerForm({ task, speak, asked }: { task: Task; speak: boolean; asked: ComponentChildren }) {
  const { t, now } = useApp();
  const [recordingId] = useState(() => uuid7(now().getTime()));
  const voice = useRecording(null, recordingId);
  const { state, save } = useSaving(recordingId);
  const { extras, change, shrinking, setShrinking } = useExtras(NOTHING);
  const [done, setDone] = useState(true);
  const [value, setValue] = useState<boolean | number | null>(null);
  const [household, setHousehold] = useState<string | null>(null);
  const started = useRef(false);
  useEffect(() => {
    // The press on the list's microphone was the first of the three taps: recording begins at once.
    if (speak && !started.current) voice.start();
    started.current = true;
  }, []);
  if (state === "saved") return <Saved />;
  const answer: Answer = { ...extras, voice: voice.recorded.state === "done" ? voice.recorded.recording : null, done, value, household };
  return (
    <Screen title={t("tasks.one")} back>
      <div class="composer">
        {asked}
        {task.households && task.households.length > 0 && <Families ids={task.households} chosen={household} choose={setHousehold} />}
        {done && task.asks === "yes_no" && <YesNo value={value} choose={setValue} />}
        {done && task.asks === "number" && <NumberField change={setValue} />}
        <VoicePanel voice={voice} />
        <Extras extras={extras} change={change} shrinking={setShrinking} place={null} adding />
        <button class="tile bad flat" aria-pressed={!done} onClick={() => setDone(!done)}><Icon name="cross" size={30} /><span>{t("tasks.not_done")}</span></button>
        {!done && <p class="quiet" data-say>{t("tasks.why")}</p>}
        <SaveTrouble state={state} />
      </div>
      <SaveDock voice={voice} state={state} shrinking={shrinking} ready={isAnswer(task.asks, answer)} icon="check" label={t(task.asks === "done" && done ? "tasks.done" : "report.save")} save={() => void save(() => composeAnswer(task.id, answer, now()))} />
    </Screen>
  );
}

const CHOICES: readonly (readonly [boolean, Key, IconName, string])[] = [[true, "tasks.yes", "check", "tile good"], [false, "tasks.no", "cross", "tile bad"]];

function YesNo({ value, choose }: { value: boolean | number | null; choose: (value: boolean) => void }) {
  const { t } = useApp();
  return (
    <div class="pair" role="group" aria-label={t("tasks.one")}>
      {CHOICES.map(([yes, name, icon, kind]) => <button key={name} class={kind} aria-pressed={value === yes} onClick={() => choose(yes)}><Icon name={icon} size={36} /><span>{t(name)}</span></button>)}
    </div>
  );
}

function NumberField({ change }: { change: (value: number | null) => void }) {
  const { t } = useApp();
  const read = (text: string): number | null => (/^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(",", ".")) : null);
  return (
    <label class="field"><span data-say>{t("tasks.number")}</span>
      <input class="big-number digits" type="text" inputMode="decimal" autoComplete="off" onInput={(event) => change(read(event.currentTarget.value))} />
    </label>
  );
}
