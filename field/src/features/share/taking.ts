/**
 * What another app forwards to this one, as the service worker is handed it: kept closed until somebody confirms it.
 *
 * A report has one voice, so each further one becomes a share of its own. Of pictures there are as many as a report takes.
 */
import { uuid7 } from "../../outbox/uuid7";
import type { Share, Storage } from "../../store/storage";

export const MOST_PHOTOS = 4;
/** Bytes. A film is no report; a phone must not fall full of one. */
const LARGEST = 12 * 1024 * 1024;
/** Kinds of sound the county can play. */
const SOUNDS = /^(audio\/(webm|ogg|opus|mp4|m4a|x-m4a|aac|wav|x-wav)|application\/ogg)\b/;

export const isSound = (mime: string): boolean => SOUNDS.test(mime);
export const isPicture = (mime: string): boolean => mime.startsWith("image/");

/** Keeps what the form brings; returns the id of what to show first, or null when there is nothing we can use. */
export async function keepShared(storage: Storage, form: FormData, now: number): Promise<string | null> {
  const shares = await readShares(form, now);
  for (const share of shares) await storage.saveShare(share);
  return shares[0]?.id ?? null;
}

export async function readShares(form: FormData, now: number): Promise<Share[]> {
  const text = wordsOf(form);
  const files = form.getAll("files").filter((one): one is File => typeof one !== "string" && one.size > 0 && one.size <= LARGEST);
  const [sounds, pictures] = [files.filter((file) => isSound(file.type)), files.filter((file) => isPicture(file.type)).slice(0, MOST_PHOTOS)];
  const kept = async (list: readonly File[]): Promise<Share["files"]> => Promise.all(list.map(async (file) => ({ mime: file.type, bytes: await file.arrayBuffer() })));
  const first = { id: uuid7(now), text, files: await kept([...sounds.slice(0, 1), ...pictures]) };
  const more = await Promise.all(sounds.slice(1).map(async (sound) => ({ id: uuid7(now), text: "", files: await kept([sound]) })));
  return [first, ...more].filter((share) => share.text || share.files.length);
}

/** A chat passes the same words as title and text, or a link beside them: each once. */
function wordsOf(form: FormData): string {
  const parts = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim()).filter(Boolean);
  return parts.filter((part, index) => !parts.some((other, place) => place !== index && (other.includes(part) && (other !== part || place < index)))).join("\n");
}
