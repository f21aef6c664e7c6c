/** Institutions as the county sends them to whose duty holds them, their safety checks, and a check told from here. */
import { stamp, type CommandDraft, type Receipt, type StoredCommand } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing } from "../../store/storage";
import { list } from "../households/household";

export interface Check {
  readonly code: string;
  readonly label: unknown;
  /** The day it was last made, or empty: never. */
  readonly done: string;
  readonly sound: boolean;
  /** Due today or before, never made, or not sound the last time. */
  readonly late: boolean;
  readonly due: string;
  /** Told from this phone; the county's own word is not here yet. */
  readonly here: boolean;
}

export interface Institution {
  readonly id: string;
  readonly name: unknown;
  readonly kind: unknown;
  readonly capacity: number | null;
  readonly phone: string;
  /** Whether this person may tell checks. */
  readonly inspects: boolean;
  readonly checks: readonly Check[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Those with something due first. */
export function institutions(things: readonly Thing[], commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, now: Date): Institution[] {
  const all = things.map(({ id, data }) => ({
    id, name: data["name"], kind: data["kind"], capacity: typeof data["capacity"] === "number" ? data["capacity"] : null,
    phone: text(data["phone"]), inspects: data["inspects"] === true,
    checks: list(data["checks"]).map((one) => read(one, told(id, text(one["code"]), commands, receipts), now)),
  }));
  const late = (one: Institution): number => one.checks.filter((check) => check.late).length;
  return all.sort((a, b) => late(b) - late(a));
}

export function checked(institution: string, code: string, sound: boolean, now: Date): CommandDraft {
  const body = { institution, code, sound, on: stamp(now).slice(0, 10) };
  return { id: uuid7(now.getTime()), kind: "households.check", v: 1, at: stamp(now), after: [], body };
}

/** The last check told from here that was not refused. */
function told(institution: string, code: string, commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>): StoredCommand | undefined {
  const own = commands.filter((one) => one.kind === "households.check" && one.body["institution"] === institution && one.body["code"] === code);
  return own.filter((one) => receipts.get(one.id)?.verdict !== "refused").at(-1);
}

function read(one: Readonly<Record<string, unknown>>, mine: StoredCommand | undefined, now: Date): Check {
  const base = { code: text(one["code"]), label: one["label"] };
  const [done, on] = [text(one["done"]), text(mine?.body["on"])];
  // The county's word stands once it names the same day or a later one.
  if (mine && (on > done || (on === done && one["sound"] !== mine.body["sound"]))) {
    return { ...base, done: on, sound: mine.body["sound"] === true, late: mine.body["sound"] !== true, due: "", here: true };
  }
  const due = text(one["due"]);
  const sound = one["sound"] === true;
  return { ...base, done, sound, due, late: !done || !sound || due <= stamp(now).slice(0, 10), here: false };
}
