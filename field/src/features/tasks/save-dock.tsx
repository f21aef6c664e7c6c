/** The foot of a form that can be spoken: stop while it records, else save; and what to do when saving failed. */
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { Button, Note } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import type { RecordingControl } from "../report/use-recording";
import type { Saving } from "./saving";

interface Props {
  readonly voice: RecordingControl;
  readonly state: Saving;
  readonly ready: boolean;
  readonly icon: IconName;
  readonly label: string;
  readonly save: () => void;
}

export function SaveDock({ voice, state, ready, icon, label, save }: Props) {
  const { t } = useApp();
  const recording = voice.recorded.state === "recording" || voice.recorded.state === "starting";
  return (
    <footer class="dock single">
      {recording
        ? <button class="mic live" aria-label={t("report.stop")} onClick={voice.stop}><Icon name="stop" size={52} filled /></button>
        : <Button kind="primary" icon={icon} label={state === "saving" ? t("report.saving") : label} busy={state === "saving"} disabled={!ready} onClick={save} />}
    </footer>
  );
}

export function SaveTrouble({ state }: { state: Saving }) {
  const { t } = useApp();
  if (state === "failed") return <Note icon="urgent" kind="error"><b>{t("report.save_failed")}</b><br />{t("report.save_failed_hint")}</Note>;
  return state === "full" ? <Trouble what="full" grave /> : null;
}
