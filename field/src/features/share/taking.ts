/**
 * What another app forwards to this one, as the service worker is handed it: kept closed until somebody confirms it.
 *
 * A report has one voice and a few pictures: what is more becomes a share of its own. What no report can carry (a film, a document)
 * leaves an empty place in the first, so that whoever looks at it is told. The same thing forwarded again while it waits is kept once.
 */
import { uuid7 } from "../../outbox/uuid7";
import type { Share, Storage } from "../../store/storage";

export const MOST_PHOTOS = 4;
/** Bytes. A film is no report; a phone must not fall full of one. */
const LARGEST = 12 * 1024 * 1024;
/** Kinds of sound the county can play. */
const SOUNDS = /^(audio\/(webm|ogg|opus|mp4|m4a|x-m4a|aac|wav|x-wav)|application\/ogg)\b/;

export const isSound = (mime: string): boolean => SOUNDS.test(mime);
/** Stands for what could not be taken along. */
const LOST: Share["files"][number] = { mime: "", bytes: new ArrayBuffer(0) };

export const isPicture = (mime: string): boolean => mime.startsWith("image/");

/** Keeps what the form brings; returns the id of what to show first, or null when there is nothing we can use. */
export async function keepShared(storage: Storage, form: FormData, now: number): Promise<string | null> {
  const shares = await readShares(form, now);
  const waiting = await storage.shares().catch((): Share[] => []); // a locked phone keeps, and cannot compare
  const first: string[] = [];
  for (const share of shares) {
    const known = waiting.find((one) => same(one, share));
    if (!known) await storage.saveShare(share);
    first.push((known ?? share).id);
  }
  return first[0] ?? null;
}

export async function readShares(form: FormData, now: number): Promise<Share[]> {
  const text = wordsOf(form);
  const files = form.getAll("files").filter((one): one is File => typeof one !== "string");
  const usable = files.filter((file) => file.size > 0 && file.size <= LARGEST && (isSound(file.type) || isPicture(file.type)));
  const [sounds, pictures] = [usable.filter((file) => isSound(file.type)), usable.filter((file) => isPicture(file.type))];
  const parts = Math.max(sounds.length, Math.ceil(pictures.length / MOST_PHOTOS), text ? 1 : 0);
  return Promise.all(Array.from({ length: parts }, async (_, n) => ({
    id: uuid7(now),
    text: n ? "" : text,
    files: [...await kept([...sounds.slice(n, n + 1), ...pictures.slice(n * MOST_PHOTOS, (n + 1) * MOST_PHOTOS)]), ...(n || usable.length === files.length ? [] : [LOST])],
  })));
}

const kept = (list: readonly File[]): Promise<Share["files"][number][]> => Promise.all(list.map(async (file) => ({ mime: file.type, bytes: await file.arrayBuffer() })));

const same = (one: Share, other: Share): boolean =>
  one.text === other.text && one.files.length === other.files.length && one.files.every((file, n) => file.mime === other.files[n]!.mime && equal(file.bytes, other.files[n]!.bytes));

function equal(one: ArrayBuffer, other: ArrayBuffer): boolean {
  const [left, right] = [new Uint8Array(one), new Uint8Array(other)];
  return left.length === right.length && left.every((byte, n) => byte === right[n]);
}

/** A chat passes the same words as title and text, or a link beside them: each once. */
function wordsOf(form: FormData): string {
  const parts = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim()).filter(Boolean);
  return parts.filter((part, index) => !parts.some((other, place) => place !== index && (other.includes(part) && (other !== part || place < index)))).join("\n");
}
