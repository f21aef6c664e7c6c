/** My tasks and visits due: what the county sent joined with what lies in the outbox. Pure but for the reading. */
import { markOf, type Mark } from "../../outbox/marks";
import type { Receipt, StoredCommand } from "../../outbox/command";
import type { Storage, Thing, Upload } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { readReason, readWords, type Words } from "./words";

export type Asks = "done" | "yes_no" | "number" | "photo" | "voice";

export interface Task {
  readonly id: string;
  readonly own: Words;
  /** The same in the other language. */
  readonly other: Words | null;
  /** When it is due, RFC 3339. */
  readonly due: string;
  readonly asks: Asks;
  readonly from: string;
  readonly urgent: boolean;
  readonly voice: { readonly sha256: string; readonly seconds: number; readonly state: null } | null;
  /** Families still to do, without those answered on this phone; null where the task is not about families. */
  readonly households: readonly string[] | null;
  /** The mark of the last answer given on this phone or known to the county; null: still to do. */
  readonly mark: Mark | null;
  readonly refused: Receipt | null;
  /** Why it was taken back; null: it was not. */
  readonly withdrawn: ReturnType<typeof readReason>;
}

export interface Visit {
  readonly household: string;
  /** The day of the next visit, as 2026-12-01. */
  readonly due: string;
  /** Why, in the person's language. */
  readonly duty: string;
  /** The mark of a visit recorded on this phone lately. */
  readonly mark: Mark | null;
}

export interface Held {
  readonly commands: readonly StoredCommand[];
  readonly receipts: ReadonlyMap<string, Receipt>;
  readonly uploads: ReadonlyMap<string, Upload>;
}

const KINDS: readonly string[] = ["done", "yes_no", "number", "photo", "voice"];
/** A visit recorded here is taken for paid until the county's new list has surely come. */
const LATELY = 3 * 86_400_000;

export async function tasks(storage: Storage): Promise<Task[]> {
  const [things, held] = await Promise.all([storage.things("task"), outbox(storage)]);
  return things.map((thing) => readTask(thing, held)).sort(byDue);
}

/** Visits to families this phone still holds. */
export async function visits(storage: Storage, now: Date): Promise<Visit[]> {
  const [lists, households, held] = await Promise.all([storage.things("visit"), storage.things("household"), outbox(storage)]);
  const known = new Set(households.map((one) => one.id));
  return lists.flatMap((list) => readVisits(list, held, now)).filter((one) => known.has(one.household));
}

async function outbox(storage: Storage): Promise<Held> {
  const [commands, receipts, uploads] = await Promise.all([storage.commands(), storage.receipts(), storage.uploads()]);
  return { commands, receipts, uploads };
}

export function readTask({ id, data }: Thing, held: Held): Task {
  const given = held.commands.filter((one) => one.kind === "tasks.answer" && one.body["task"] === id);
  const last = given.at(-1);
  const refused = last && held.receipts.get(last.id)?.verdict === "refused" ? held.receipts.get(last.id) ?? null : null;
  const households = left(data["households"], given, held);
  const answered = last && !refused ? markOfCommand(last, held) : isRecord(data["answer"]) ? "received" : null;
  const asks = String(data["asks"] ?? "");
  return {
    id, ...readWords(data), due: String(data["due"] ?? ""), from: String(data["from"] ?? ""),
    asks: KINDS.includes(asks) ? (asks as Asks) : "done", urgent: data["urgent"] === true, voice: readVoice(data["voice"]), households,
    mark: households?.length ? null : answered, refused, withdrawn: readReason(data["withdrawn"]),
  };
}

/** Families the county still waits for, without those answered here. */
function left(sent: unknown, given: readonly StoredCommand[], held: Held): readonly string[] | null {
  if (!Array.isArray(sent)) return null;
  const counted = given.filter((one) => held.receipts.get(one.id)?.verdict !== "refused");
  if (counted.some((one) => one.body["household"] === undefined)) return [];
  const done = new Set(counted.map((one) => one.body["household"]));
  return sent.map(String).filter((id) => !done.has(id));
}

function readVoice(value: unknown): Task["voice"] {
  if (!isRecord(value) || typeof value["sha256"] !== "string") return null;
  return { sha256: value["sha256"], seconds: Number(value["seconds"] ?? 0), state: null };
}

export function readVisits({ data }: Thing, held: Held, now: Date): Visit[] {
  const names = isRecord(data["duties"]) ? data["duties"] : {};
  const rows = Array.isArray(data["due"]) ? data["due"].filter(Array.isArray) : [];
  return rows.map((row) => {
    const household = String(row[0]);
    const paid = held.commands.filter((one) => one.kind === "visits.record" && one.body["household"] === household).at(-1);
    const lately = paid && now.getTime() - Date.parse(paid.at) < LATELY;
    return { household, due: String(row[1]), duty: String(names[String(row[2])] ?? ""), mark: lately ? markOfCommand(paid, held) : null };
  });
}

/** How far a command that the county only receives (an answer, a visit, a form) has come. */
export function markOfCommand(command: StoredCommand, held: Omit<Held, "commands">): Mark {
  return markOf({
    own: true, verdict: held.receipts.get(command.id)?.verdict ?? null, caseSeen: false, answered: false,
    mediaComplete: command.media.every((sha256) => held.uploads.get(sha256)?.complete === true),
    mediaRefused: command.media.some((sha256) => held.uploads.get(sha256)?.refused !== undefined),
  });
}

/** Whether it still waits for an answer. */
export const waits = (task: Task): boolean => task.mark === null && task.withdrawn === null;

/** Whole days from today until it is due: 0 today, negative when late. Days are those of the phone. */
export function daysLeft(due: string, now: Date): number {
  const then = new Date(due.length === 10 ? `${due}T00:00:00` : due);
  const day = (when: Date): number => Date.UTC(when.getFullYear(), when.getMonth(), when.getDate());
  return Math.round((day(then) - day(now)) / 86_400_000);
}

/** What is to do first, soonest due; then what was answered. */
const byDue = (a: Task, b: Task): number => Number(!waits(a)) - Number(!waits(b)) || Date.parse(a.due) - Date.parse(b.due);
