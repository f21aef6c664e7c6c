/** What the microphone is doing: recording with its level, done with playback, or not possible and what to do then. */
import { useEffect, useState } from "preact/hooks";
import { duration } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Loading, Note } from "../../ui/parts";
import { Player } from "../../ui/player";
import type { RecordingControl } from "./use-recording";

export function VoicePanel({ voice }: { voice: RecordingControl }) {
  const { t } = useApp();
  const { recorded } = voice;
  if (recorded.state === "starting") return <Loading />;
  if (recorded.state === "recording") return <Live level={voice.level} since={recorded.since} />;
  if (recorded.state === "done") {
    const { bytes, mime, seconds } = recorded.recording;
    return (
      <section class="voice" aria-label={t("case.voice")}>
        <p class="done" role="status"><Icon name="check" />{t("report.recorded")}</p>
        <Player bytes={bytes} mime={mime} seconds={seconds} label={t("case.my_voice")} />
        <Button icon="again" label={t("report.again")} onClick={voice.start} />
      </section>
    );
  }
  return (
    <section class="voice" aria-label={t("case.voice")}>
      {recorded.state === "refused" && <Note icon="mic" kind="warning">{t("report.no_mic")}</Note>}
      {recorded.state === "missing" && <Note icon="mic" kind="warning">{t("report.no_mic_here")}</Note>}
      <Button icon="mic" label={t("app.mic")} onClick={voice.start} />
    </section>
  );
}

function Live({ level, since }: { level: number; since: number }) {
  const { t } = useApp();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="voice live" aria-label={t("report.recording")}>
      <p role="status"><span class="dot" aria-hidden="true" />{t("report.recording")}</p>
      <p class="clock digits" aria-hidden="true">{duration((performance.now() - since) / 1000)}</p>
      <Meter level={level} />
      <p class="quiet">{t("report.minutes_left")}</p>
    </section>
  );
}

const BARS = [0.35, 0.6, 0.85, 1, 0.9, 0.7, 1, 0.8, 0.55, 0.9, 0.65, 0.4];

/** Bars as high as the voice is loud: the proof, without words, that the phone hears. */
function Meter({ level }: { level: number }) {
  return (
    <div class="meter" aria-hidden="true">
      {BARS.map((share, index) => <i key={index} style={{ transform: `scaleY(${Math.max(0.06, Math.min(1, level * share * 1.6))})` }} />)}
    </div>
  );
}
