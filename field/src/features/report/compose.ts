/** From what was spoken, photographed and tapped to a command with its media. Pure except for the hash. */
import { stamp, type CommandDraft, type MediaPart } from "../../outbox/command";
import { sha256 } from "../../outbox/digest";
import { uuid7 } from "../../outbox/uuid7";
import type { Place } from "./place";
import type { Recording } from "./recorder";

export interface Composition {
  readonly voice: Recording | null;
  readonly photos: readonly ArrayBuffer[];
  readonly text: string;
  readonly place: Place | null;
  readonly household: string | null;
  readonly urgent: boolean;
  readonly hazard: string | null;
}

export interface Ready {
  readonly draft: CommandDraft;
  readonly media: readonly MediaPart[];
}

/** Whether there is anything to save: a voice, a photo, a text, or a picture of the danger. */
export function hasContent(composition: Composition): boolean {
  const { voice, photos, text, hazard } = composition;
  return voice !== null || photos.length > 0 || text.trim() !== "" || hazard !== null;
}

/** A report, or, when `add` names a case, something to add to it. */
export async function compose(composition: Composition, add: string | null, now: Date): Promise<Ready> {
  const voice = composition.voice ? await voicePart(composition.voice) : null;
  const photos = await Promise.all(composition.photos.map(photoPart));
  const content = {
    ...(composition.text.trim() && { text: composition.text.trim() }),
    ...(voice && { voice: { sha256: voice.sha256, seconds: voice.seconds, mime: voice.mime } }),
    ...(photos.length && { photos: photos.map((photo) => ({ sha256: photo.sha256, mime: photo.mime })) }),
  };
  const media = [...(voice ? [voice] : []), ...photos];
  const base = { id: uuid7(now.getTime()), v: 1, at: stamp(now) };
  if (add) return { draft: { ...base, kind: "cases.add", after: [add], body: { case: add, ...content } }, media };
  return { draft: { ...base, kind: "cases.report", after: [], body: { ...content, ...circumstances(composition) } }, media };
}

function circumstances({ place, household, urgent, hazard }: Composition): Record<string, unknown> {
  return {
    ...(place && { place }),
    ...(household && { household }),
    ...(urgent && { urgent: true }),
    ...(urgent && hazard && { hazard }),
  };
}

export async function voicePart(recording: Recording): Promise<MediaPart & { seconds: number }> {
  const { bytes, mime, seconds } = recording;
  return { sha256: await sha256(bytes), mime, seconds, bytes };
}

async function photoPart(bytes: ArrayBuffer): Promise<MediaPart> {
  return { sha256: await sha256(bytes), mime: "image/jpeg", bytes };
}
