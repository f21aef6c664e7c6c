/**
 * Which sounds and clips a phone keeps at hand, in the order to fetch them. Pure.
 *
 * Tasks and answers come first: somebody waits for them. Then what others said in open cases of the last month, newest first,
 * then teaching clips. On 20 kbit/s a minute of voice takes a minute, so each group has its bound; a voice beyond it
 * comes when somebody presses for it, and stays as long as its case does.
 */
import type { Clip, Thing } from "../store/storage";
import { isRecord } from "./wire";

/** One sound of a case as the county names it. `state`: why it could not be fetched when the case was sent. */
export interface Sound {
  readonly sha256: string;
  readonly seconds: number;
  readonly state: string | null;
}

export interface Wanted {
  readonly path: string;
  readonly sha256: string;
  readonly seconds: number;
}

export interface Held {
  readonly cases: readonly Thing[];
  readonly tasks: readonly Thing[];
  readonly households: readonly Thing[];
  readonly clips: readonly Clip[];
  /** Names of what was fetched, and of what this phone itself recorded. */
  readonly fetched: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
  /** Which file of a clip: bo, zh, en. */
  readonly language: string;
  /** The person pays for each byte, or the line is very slow: only answers come by themselves. */
  readonly sparing: boolean;
  readonly now: Date;
}

const DAY = 86_400_000;
export const VOICE_DAYS = 30;
/** Originals fetched in one run; the next run, five minutes later, goes on. */
export const VOICES_A_RUN = 12;
/** What had not arrived at the county when the case was sent is asked for in vain only so often. */
const UNSURE_A_RUN = 4;
/** Bytes of clips: about seven minutes of the line of a valley. */
export const CLIP_BYTES = 24 * 1024 * 1024;

export function toFetch(held: Held): Wanted[] {
  const cases = [...held.cases].sort((a, b) => time(b) - time(a));
  const answers = [...held.tasks.flatMap((one) => taskVoice(one) ?? []), ...cases.flatMap((one) => answerVoice(one) ?? [])];
  const found = held.sparing ? answers : [...answers, ...pictures(held), ...originals(cases, held)];
  const sounds = found.filter((one) => !held.own.has(one.sha256)).map(({ sha256, seconds }) => ({ path: `files/${sha256}`, sha256, seconds }));
  const all = held.sparing ? sounds : [...sounds, ...clipFiles(held)];
  const once = new Map(all.map((one) => [one.sha256, one]));
  return [...once.values()].filter((one) => !held.fetched.has(one.sha256));
}

/** Fetched files that no case, household or clip names any more. */
export function toDrop(held: Held): string[] {
  const named = new Set([
    ...held.cases.flatMap((one) => [answerVoice(one)?.sha256, ...media(one, "voices"), ...media(one, "photos"), ...media(one, "proof")]
      .map((each) => (typeof each === "object" ? each.sha256 : each))),
    ...held.tasks.flatMap((one) => taskVoice(one)?.sha256 ?? []),
    ...pictures(held).map((one) => one.sha256),
    ...clipFiles(held).map((one) => one.sha256),
  ]);
  return [...held.fetched].filter((name) => !named.has(name));
}

/** The voice of a case's answer, if it has one. */
export function answerVoice(thing: Thing): Sound | null {
  const answer = thing.data["answer"];
  return isRecord(answer) ? sound(answer["voice"]) : null;
}

/** The spoken words of a task: whoever cannot read hears by them what is to do. */
export function taskVoice(thing: Thing): Sound | null {
  return sound(thing.data["voice"]);
}

/** Voices, photos or proofs of a case. */
export function media(thing: Thing, list: "voices" | "photos" | "proof"): Sound[] {
  const sent = thing.data[list];
  return (Array.isArray(sent) ? sent : []).flatMap((one) => sound(one) ?? []);
}

function sound(value: unknown): Sound | null {
  if (!isRecord(value) || typeof value["sha256"] !== "string") return null;
  const { sha256, seconds, state } = value;
  return { sha256, seconds: Number(seconds ?? 0), state: typeof state === "string" ? state : null };
}

function originals(cases: readonly Thing[], held: Held): Sound[] {
  const recent = cases.filter((one) => one.data["state"] !== "closed" && held.now.getTime() - time(one) < VOICE_DAYS * DAY);
  const missing = recent.flatMap((one) => media(one, "voices")).filter((one) => !held.fetched.has(one.sha256) && !held.own.has(one.sha256));
  const unsure = missing.filter((one) => one.state !== null && one.state !== "refused").slice(0, UNSURE_A_RUN);
  return [...missing.filter((one) => one.state === null).slice(0, VOICES_A_RUN), ...unsure];
}

/** The pictures families chose to be found by. */
function pictures(held: Held): Sound[] {
  const names = held.households.map((one) => String(one.data["picture"] ?? ""));
  return names.filter((name) => /^[\da-f]{64}$/.test(name)).map((sha256) => ({ sha256, seconds: 0, state: null }));
}

function clipFiles(held: Held): Wanted[] {
  let bytes = 0;
  return held.clips.flatMap((clip) => {
    const file = clipFile(clip, held.language);
    if (!file || (bytes += file.size) > CLIP_BYTES) return [];
    return [{ path: `clips/${file.sha256}`, sha256: file.sha256, seconds: 0 }];
  });
}

/** The clip in the person's language, else in Chinese, else in any. */
export function clipFile(clip: Clip, language: string): Clip["files"][string] | null {
  return clip.files[language] ?? clip.files["zh"] ?? Object.values(clip.files)[0] ?? null;
}

const time = (thing: Thing): number => Date.parse(String(thing.data["at"] ?? "")) || 0;
