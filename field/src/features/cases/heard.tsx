/** A sound or photo of a case: played from this phone where it lies here, else fetched when somebody presses for it. */
import { useState } from "preact/hooks";
import type { MediaPart } from "../../outbox/command";
import { fetchNow } from "../../sync/answers";
import { useContent } from "../../ui/content";
import { useApp } from "../../ui/context";
import { Button, Note } from "../../ui/parts";
import { Picture } from "../../ui/pictures";
import { Player } from "../../ui/player";
import type { Part } from "./reports";

export function Content({ part, kind, label }: { part: Part; kind: "voice" | "photo"; label: string }) {
  const { t } = useApp();
  const held = useContent(part.sha256);
  if (held === undefined) return null;
  if (held) return <Shown held={held} seconds={part.seconds} label={label} />;
  if (part.state === "refused") return <Note icon={kind === "voice" ? "sound" : "camera"} kind="warning">{t("case.unusable")}</Note>;
  return <Fetch part={part} kind={kind} />;
}

/** What it is decides itself: the proof of a work may be a photo or a voice. */
function Shown({ held, seconds, label }: { held: MediaPart; seconds: number; label: string }) {
  if (held.mime.startsWith("image/")) return <Picture bytes={held.bytes} mime={held.mime} label={label} />;
  return <Player bytes={held.bytes} mime={held.mime} seconds={seconds || (held.seconds ?? 0)} label={label} />;
}

function Fetch({ part, kind }: { part: Part; kind: "voice" | "photo" }) {
  const { t, storage, transport } = useApp();
  const [state, setState] = useState<"ready" | "working" | "failed">("ready");
  const fetch = async (): Promise<void> => {
    setState("working");
    setState(await fetchNow(storage, transport, part.sha256, part.seconds).then((here) => (here ? "ready" : "failed"), () => "failed"));
  };
  return (
    <>
      <Button icon={kind === "voice" ? "sound" : "camera"} label={t(kind === "voice" ? "case.fetch" : "case.fetch_photo")} busy={state === "working"} onClick={() => void fetch()} />
      {state === "failed" && <Note icon="offline" kind="warning">{t("case.fetch_failed")}</Note>}
    </>
  );
}
