/** What a report begins with: nothing, a recording that was left unsaved, or what another app forwarded. */
import { useEffect, useState } from "preact/hooks";
import type { Share, Storage } from "../../store/storage";
import { useApp } from "../../ui/context";
import { isPicture, isSound } from "../share/taking";
import { shrink } from "./photo";
import type { Recording } from "./recorder";

export interface Start {
  readonly recording: Recording | null;
  readonly photos: readonly ArrayBuffer[];
  readonly text: string;
  /** Something of it could not be read, or none of it came. */
  readonly lost: boolean;
}

const NOTHING: Start = { recording: null, photos: [], text: "", lost: false };

/** Null while it is fetched from the store. */
export function useStart(draft: string | null, share: string | null): Start | null {
  const { storage } = useApp();
  const [start, setStart] = useState<Start | null>(draft === null && share === null ? NOTHING : null);
  useEffect(() => {
    if (start === null) begun(storage, draft, share).then(setStart, () => setStart({ ...NOTHING, lost: true }));
  }, []);
  return start;
}

async function begun(storage: Storage, draft: string | null, share: string | null): Promise<Start> {
  const forwarded = share === null ? undefined : (await storage.shares()).find((one) => one.id === share);
  if (forwarded) return unpacked(forwarded);
  const held = (await storage.drafts()).find((one) => one.id === draft);
  if (!held) return { ...NOTHING, lost: share !== null };
  return { ...NOTHING, recording: { mime: held.mime, seconds: held.seconds, bytes: await new Blob([...held.parts]).arrayBuffer() } };
}

/** Pictures are drawn anew, as the camera's are: what lay beside them in the file goes no further. */
async function unpacked({ text, files }: Share): Promise<Start> {
  const sound = files.find((file) => isSound(file.mime));
  const pictures = await Promise.all(files.filter((file) => isPicture(file.mime)).map((file) => shrink(new Blob([file.bytes], { type: file.mime })).catch(() => null)));
  const photos = pictures.filter((picture) => picture !== null);
  const recording = sound ? { mime: sound.mime, bytes: sound.bytes, seconds: await lengthOf(sound) } : null;
  return { recording, photos, text, lost: photos.length < pictures.length || files.some((file) => !isSound(file.mime) && !isPicture(file.mime)) };
}

const PATIENCE = 3000;

/** Seconds, as far as this phone can tell; 0 where it cannot. */
function lengthOf({ mime, bytes }: Share["files"][number]): Promise<number> {
  const address = URL.createObjectURL(new Blob([bytes], { type: mime }));
  const player = new Audio();
  player.preload = "metadata";
  const known = new Promise<number>((done) => {
    player.onloadedmetadata = () => done(Number.isFinite(player.duration) ? Math.round(player.duration * 10) / 10 : 0);
    player.onerror = () => done(0);
    setTimeout(() => done(0), PATIENCE);
  });
  player.src = address;
  return known.finally(() => URL.revokeObjectURL(address));
}
