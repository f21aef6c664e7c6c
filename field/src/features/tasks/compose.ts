/** From what was spoken, tapped and photographed to the commands `tasks.answer` and `visits.record`. */
import { compose, type Composition, type Ready } from "../report/compose";
import type { Asks } from "./duties";

export interface Answer extends Pick<Composition, "voice" | "photos" | "text"> {
  readonly done: boolean;
  /** Yes or no, or the number typed; null where none is asked or given. */
  readonly value: boolean | number | null;
  /** One family of the task, or null for all of it. */
  readonly household: string | null;
}

/**
 * The server's own rule: whatever was asked, "it could not be done" is an answer too, with its reason; who cannot write
 * says yes, no or the number aloud.
 */
export function isAnswer(asks: Asks, { done, value, voice, photos, text }: Answer): boolean {
  const words = voice !== null || text.trim() !== "";
  if (!done || asks === "voice") return words;
  const aloud = value === null && voice !== null;
  if (asks === "yes_no") return typeof value === "boolean" || aloud;
  if (asks === "number") return (typeof value === "number" && value >= 0 && value <= 1e9) || aloud;
  return asks !== "photo" || photos.length > 0;
}

export async function composeAnswer(task: string, answer: Answer, now: Date): Promise<Ready> {
  const { draft, media } = await compose({ ...blank, ...said(answer) }, null, now);
  const { done, value, household } = answer;
  const body = { task, done, ...(done && value !== null && { value }), ...(household && { household }), ...draft.body };
  return { draft: { ...draft, kind: "tasks.answer", body }, media };
}

export async function composeVisit(household: string, given: Pick<Composition, "voice" | "photos" | "text" | "place">, needsCase: boolean, now: Date): Promise<Ready> {
  const { draft, media } = await compose({ ...blank, ...said(given), place: given.place }, null, now);
  const body = { household, ...(needsCase && { needs_case: true }), ...draft.body };
  return { draft: { ...draft, kind: "visits.record", body }, media };
}

const said = ({ voice, photos, text }: Pick<Composition, "voice" | "photos" | "text">) => ({ voice, photos, text });
const blank: Composition = { voice: null, photos: [], text: "", place: null, household: null, urgent: false, hazard: null };
