/** The foot of a form that can be spoken: stop while it records, else save; and what to do when saving failed. */
import { useApp } from "../../ui/context";
import type { IconName } from "../../ui/icons";
import { Button, Note } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { isRecording, StopButton } from "../report/stop-button";
import type { RecordingControl } from "../report/use-recording";
import type { Saving } from "./saving";

interface Props {
  readonly voice: RecordingControl;
  readonly state: Saving;
  readonly ready: boolean;
  /** A photo is still being made smaller. */
  readonly shrinking: boolean;
  readonly icon: IconName;
  readonly label: string;
  readonly save: () => void;
}

export function SaveDock({ voice, state, ready, shrinking, icon, label, save }: Props) {
  const { t } = useApp();
  return (
    <footer class="dock single">
      {isRecording(voice)
        ? <StopButton voice={voice} />
        : <Button kind="primary" icon={icon} label={state === "saving" ? t("report.saving") : label} busy={state === "saving" || shrinking} disabled={!ready} onClick={save} />}
    </footer>
  );
}

export function SaveTrouble({ state }: { state: Saving }) {
  const { t } = useApp();
  if (state === "failed") return <Note icon="urgent" kind="error"><b>{t("report.save_failed")}</b><br />{t("report.save_failed_hint")}</Note>;
  return state === "full" ? <Trouble what="full" grave /> : null;
}
