/** A spoken answer: recorded as reports are, second by second on the disk; kept beside the draft when it ends. */
import { useEffect, useState } from "preact/hooks";
import { sha256 } from "../../outbox/digest";
import { uuid7 } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Button, Note } from "../../ui/parts";
import { Player } from "../../ui/player";
import type { Recording } from "../report/recorder";
import { useRecording } from "../report/use-recording";
import { VoicePanel } from "../report/voice-panel";
import { useDraftFile } from "./draft-file";
import type { AnswerProps } from "./question";

export function VoiceAnswer({ spot, give, draft, busy }: AnswerProps) {
  const { t } = useApp();
  const held = useDraftFile(draft, spot.raw);
  if (!held) return <Speaking give={give} draft={draft} busy={busy} />;
  return (
    <section class="voice" aria-label={t("case.voice")}>
      <Player bytes={held.bytes} mime={held.mime} seconds={held.seconds ?? 0} label={t("case.my_voice")} />
      <Button icon="cross" label={t("report.delete")} onClick={() => give(undefined)} />
    </section>
  );
}

function Speaking({ give, draft, busy }: Pick<AnswerProps, "give" | "draft" | "busy">) {
  const { t, storage, now } = useApp();
  const [pieces] = useState(() => uuid7(now().getTime()));
  const [failed, setFailed] = useState(false);
  const voice = useRecording(null, pieces);
  const { recorded } = voice;
  useEffect(() => {
    busy(recorded.state === "starting" || recorded.state === "recording");
    return () => busy(false);
  }, [recorded.state]);
  useEffect(() => {
    if (recorded.state !== "done") return;
    save(recorded.recording).then(() => setFailed(false), () => setFailed(true));
  }, [recorded]);
  async function save({ bytes, mime, seconds }: Recording): Promise<void> {
    const name = `${(await sha256(bytes)).slice(0, 20)}.${mime.includes("mp4") ? "m4a" : mime.includes("ogg") ? "ogg" : "webm"}`;
    await storage.saveFormFile({ draft, name, mime, seconds, bytes });
    give(name);
    await storage.dropDraft(pieces);
  }
  return (
    <>
      <VoicePanel voice={voice} />
      {recorded.state === "recording" && <Button kind="primary" icon="stop" label={t("report.stop")} onClick={voice.stop} />}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
    </>
  );
}
