/** From a draft to the command `forms.submit` with its sounds and photos; and what became of those sent. Pure except for the hash. */
import { stamp, type MediaPart } from "../../outbox/command";
import { sha256 } from "../../outbox/digest";
import type { Mark } from "../../outbox/marks";
import type { FormFile, Storage } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import type { Ready } from "../report/compose";
import { markOfCommand } from "../tasks/duties";
import { check } from "./checking";
import type { Definition, Words } from "./definition";
import { looked, type Draft } from "./draft";
import { Filling, type Answers } from "./filling";

export const KIND = "forms.submit";
const CHINA = 8 * 3_600_000;

/** The day in China, YYYY-MM-DD, wherever the phone thinks it is. */
export const today = (now: Date): string => local(now).slice(0, 10);
/** The moment in China, YYYY-MM-DDTHH:MM:SS. */
export const local = (now: Date): string => new Date(now.getTime() + CHINA).toISOString().slice(0, 19);

/** What would be sent now, checked as the county checks it. */
export const outcome = (form: Definition, draft: Draft, now: Date, language: string) =>
  check(new Filling(form, looked(form, draft, today(now)), today(now), local(now), language));

/** `files`: all of the draft's; those no answer names (any more) stay behind. */
export async function composeForm(form: Definition, draft: Draft, files: readonly FormFile[], now: Date, language: string): Promise<Ready> {
  const { kept } = outcome(form, draft, now, language);
  const named = fileNames(form, kept);
  const parts = await Promise.all(files.filter((file) => named.has(file.name)).map(async (file) => ({ file, part: await partOf(file) })));
  const body = {
    id: draft.id, form: draft.form, version: draft.version, subject: draft.subject, answers: kept, started: draft.started, ended: stamp(now),
    media: Object.fromEntries(parts.map(({ file, part }) => [file.name, part.sha256])),
  };
  return { draft: { id: draft.id, kind: KIND, v: 1, at: stamp(now), after: [], body }, media: parts.map(({ part }) => part) };
}

async function partOf({ bytes, mime, seconds }: FormFile): Promise<MediaPart> {
  return { sha256: await sha256(bytes), mime, ...(seconds !== undefined && { seconds }), bytes };
}

/** Names of files that answers of sounds and photos name. */
function fileNames(form: Definition, kept: Answers): Set<string> {
  const spots = new Filling(form, kept, "1970-01-01").spots();
  return new Set(spots.filter(({ node }) => node.type === "audio" || node.type === "image").map((spot) => String(spot.raw ?? "")).filter(Boolean));
}

/** One form that was sent, and how far it came. */
export interface Sent {
  readonly id: string;
  readonly form: string;
  readonly title: Words;
  readonly household: string;
  readonly at: string;
  readonly mark: Mark;
  /** The county's sentence about a refusal, or empty. */
  readonly message: string;
}

/** The last ones first. */
export async function sent(storage: Storage, titles: ReadonlyMap<string, Words>): Promise<Sent[]> {
  const [commands, receipts, uploads] = await Promise.all([storage.commands(), storage.receipts(), storage.uploads()]);
  return commands.filter((one) => one.kind === KIND).map((one) => {
    const { form, subject } = one.body;
    const about = isRecord(subject) && subject["kind"] === "household" ? String(subject["id"]) : "";
    return { id: one.id, form: String(form), title: titles.get(String(form)) ?? {}, household: about, at: one.at, mark: markOfCommand(one, { receipts, uploads }), message: receipts.get(one.id)?.message ?? "" };
  }).reverse();
}
