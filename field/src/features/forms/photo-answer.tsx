/** A photo as the answer: drawn anew and small, kept beside the draft at once. */
import { useState } from "preact/hooks";
import { sha256 } from "../../outbox/digest";
import { useApp } from "../../ui/context";
import { Note } from "../../ui/parts";
import { PhotoStrip, PhotoTile } from "../report/extras";
import { useDraftFile } from "./draft-file";
import type { AnswerProps } from "./question";

export function PhotoAnswer({ spot, give, draft }: AnswerProps) {
  const { t, storage } = useApp();
  const [failed, setFailed] = useState(false);
  const held = useDraftFile(draft, spot.raw);
  const take = async (bytes: ArrayBuffer): Promise<void> => {
    const name = `${(await sha256(bytes)).slice(0, 20)}.jpg`;
    await storage.saveFormFile({ draft, name, mime: "image/jpeg", bytes });
    give(name);
  };
  return (
    <>
      {held ? <PhotoStrip photos={[held.bytes]} drop={() => give(undefined)} /> : <div class="tiles"><PhotoTile longest={spot.node.max_pixels} add={(bytes) => void take(bytes).then(() => setFailed(false), () => setFailed(true))} /></div>}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
    </>
  );
}
