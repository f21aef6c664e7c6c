/** What the family says to the answer: by tap, solved or not, with stars; or by voice alone, which a listener hears. */
import { useState } from "preact/hooks";
import { stamp, type CommandDraft } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Note } from "../../ui/parts";
import { voicePart } from "../report/compose";
import type { Recording } from "../report/recorder";
import { useRecording } from "../report/use-recording";
import { VoicePanel } from "../report/voice-panel";
import { givenRating, type GivenRating } from "./given";
import type { Report } from "./reports";

export function Rating({ report }: { report: Report }) {
  const given = givenRating(report);
  if (given) return <Given {...given} />;
  return <Form report={report} />;
}

function Given({ solved, stars }: GivenRating) {
  const { t } = useApp();
  return (
    <div class="rating" role="status">
      <h3>{t("rate.given")}</h3>
      {solved === null ? <p><Icon name="mic" />{t("rate.waits")}</p> : <p class={solved ? "good" : "bad"}><Icon name={solved ? "check" : "cross"} />{solved ? t("rate.yes") : t("rate.no")}</p>}
      {stars > 0 && <span class="stars" role="img" aria-label={t("rate.star", { n: stars })}>{[1, 2, 3, 4, 5].map((n) => <Icon key={n} name="star" size={28} filled={n <= stars} />)}</span>}
    </div>
  );
}

function Form({ report }: { report: Report }) {
  const { t, storage, sender, now } = useApp();
  const [solved, setSolved] = useState<boolean | "voice" | null>(null);
  const [stars, setStars] = useState(0);
  const [failed, setFailed] = useState(false);
  const voice = useRecording(null, null);
  const save = async (): Promise<void> => {
    const recording = voice.recorded.state === "done" ? voice.recorded.recording : null;
    try {
      const { draft, media } = await feedback(report, solved === "voice" ? null : solved === true, stars, recording, now());
      await storage.append(draft, media);
      void sender.kick();
    } catch {
      setFailed(true);
    }
  };
  return (
    <div class="rating">
      <h3>{t("rate.question")}</h3>
      <div class="pair">
        <button class="tile good" aria-pressed={solved === true} onClick={() => setSolved(true)}><Icon name="check" size={36} /><span>{t("rate.yes")}</span></button>
        <button class="tile bad" aria-pressed={solved === false} onClick={() => setSolved(false)}><Icon name="cross" size={36} /><span>{t("rate.no")}</span></button>
      </div>
      <button class="tile" aria-pressed={solved === "voice"} onClick={() => { setSolved("voice"); if (voice.recorded.state === "idle") voice.start(); }}><Icon name="mic" size={36} /><span>{t("rate.voice")}</span></button>
      {solved !== null && (
        <>
          <h3>{t("rate.stars")}</h3>
          <div class="stars" role="group" aria-label={t("rate.stars")}>
            {[1, 2, 3, 4, 5].map((n) => <button key={n} class="star" aria-label={t("rate.star", { n })} aria-pressed={n <= stars} onClick={() => setStars(n)}><Icon name="star" size={34} filled={n <= stars} /></button>)}
          </div>
          <VoicePanel voice={voice} />
          {voice.recorded.state === "recording" && <Button icon="stop" label={t("report.stop")} onClick={voice.stop} />}
          {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
          <Button kind="primary" icon="check" label={t("rate.save")} disabled={voice.recorded.state === "recording" || (solved === "voice" && voice.recorded.state !== "done")} onClick={() => void save()} />
        </>
      )}
    </div>
  );
}

async function feedback(report: Report, solved: boolean | null, stars: number, recording: Recording | null, now: Date) {
  const voice = recording ? await voicePart(recording) : null;
  const body = {
    case: report.thing?.id ?? report.id, ...(solved !== null && { solved }), ...(stars && { stars }),
    ...(voice && { voice: { sha256: voice.sha256, seconds: voice.seconds, mime: voice.mime } }),
  };
  const draft: CommandDraft = { id: uuid7(now.getTime()), kind: "cases.feedback", v: 1, at: stamp(now), after: [report.id], body };
  return { draft, media: voice ? [voice] : [] };
}
