/** What the microphone is doing: recording with its level, done with playback, or not possible and what to do then. */
import { useEffect, useState } from "preact/hooks";
import { duration } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Loading } from "../../ui/parts";
import { Player } from "../../ui/player";
import { Trouble } from "../../ui/trouble";
import { MAX_SECONDS } from "./recorder";
import type { RecordingControl } from "./use-recording";

export function VoicePanel({ voice }: { voice: RecordingControl }) {
  const { t } = useApp();
  const { recorded } = voice;
  if (recorded.state === "starting") return <Loading />;
  if (recorded.state === "recording") return recorded.held === "no" ? <Live level={voice.level} seconds={voice.seconds} /> : <Held busy={recorded.held === "busy"} resume={voice.resume} />;
  if (recorded.state === "done") {
    const { bytes, mime, seconds } = recorded.recording;
    return (
      <section class="voice" aria-label={t("case.voice")}>
        <p class="done" role="status"><Icon name="check" />{t(seconds >= MAX_SECONDS ? "report.time_up" : "report.recorded")}</p>
        <Player bytes={bytes} mime={mime} seconds={seconds} label={t("case.my_voice")} />
        <Button icon="again" label={t("report.again")} onClick={voice.start} />
      </section>
    );
  }
  const speak = <Button icon="mic" label={t("app.mic")} onClick={voice.start} />;
  return (
    <section class="voice" aria-label={t("case.voice")}>
      {recorded.state === "idle" ? speak : <Trouble what={`mic_${recorded.state}`}>{recorded.state !== "missing" && speak}</Trouble>}
    </section>
  );
}

/** Seconds before the end at which the phone shakes: whoever speaks looks at the family, not at the screen. */
const WARNED_AT = [30, 10];

function Live({ level, seconds }: { level: number; seconds: () => number }) {
  const { t } = useApp();
  const [, tick] = useState(0);
  const left = Math.max(0, Math.ceil(MAX_SECONDS - seconds()));
  const ending = left <= WARNED_AT[0]!;
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => void (WARNED_AT.includes(left) && navigator.vibrate?.([80, 80, 80])), [left]);
  return (
    <section class="voice live" aria-label={t("report.recording")}>
      <p role="status"><span class="dot" aria-hidden="true" />{t("report.recording")}</p>
      <p class="clock digits" aria-hidden="true">{duration(seconds())}</p>
      <Meter level={level} />
      <progress class="time" value={MAX_SECONDS - left} max={MAX_SECONDS} aria-label={t("report.minutes_left")} />
      <p class={ending ? "left ending digits" : "left digits"} role={ending ? "status" : undefined}>{t("report.left", { time: duration(ending ? Math.ceil(left / 10) * 10 : left) })}</p>
    </section>
  );
}

/** A call has the microphone: nothing is lost, and nothing is recorded before somebody says so. */
function Held({ busy, resume }: { busy: boolean; resume: () => void }) {
  const { t } = useApp();
  return (
    <section class="voice held" role="status">
      <p data-say><Icon name="call" size={40} /> {t("report.held")}</p>
      <Button kind="primary" icon="mic" label={t("report.go_on")} disabled={busy} onClick={resume} />
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
