/** Ends a recording. Until the microphone runs nothing is heard: then there is nothing to stop, and the button says so. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import type { RecordingControl } from "./use-recording";

export function StopButton({ voice }: { voice: RecordingControl }) {
  const { t } = useApp();
  const starting = voice.recorded.state === "starting";
  return (
    <button class={starting ? "mic" : "mic live"} disabled={starting} aria-busy={starting} aria-label={t("report.stop")} onClick={voice.stop}>
      <Icon name="stop" size={52} filled />
    </button>
  );
}

export const isRecording = ({ recorded }: RecordingControl): boolean => recorded.state === "recording" || recorded.state === "starting";
