/** Somebody came into a family, or left it: the command, and what the phone shows until the county's own word arrives. */
import { stamp, type CommandDraft, type Receipt, type StoredCommand } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing } from "../../store/storage";

export const WHYS = { came: ["birth", "married_in", "moved_in"], went: ["death", "married_out", "moved_out"] } as const;
export type What = keyof typeof WHYS;
export type Why = (typeof WHYS)[What][number];

/** Who came: a name (a newborn's may come later), and the year of birth where it is known. Who went: the member's id, and
 * who heads the family then, where the head went. `on`: the day, YYYY-MM-DD. */
export interface Life {
  readonly why: Why;
  readonly on: string;
  readonly name: string;
  readonly born: number | null;
  readonly member: string;
  readonly head: string;
}

const RELATIONS: Partial<Record<Why, string>> = { birth: "child", married_in: "child_in_law" };

export const whatOf = (why: Why): What => (WHYS.went as readonly string[]).includes(why) ? "went" : "came";

export function life(household: string, { why, on, name, born, member, head }: Life, now: Date): CommandDraft {
  const what = whatOf(why);
  const who = what === "went" ? { member, ...(head && { head }) } : { name: name.trim(), ...newborn(why, on, born), relation: RELATIONS[why] ?? "other" };
  return { id: uuid7(now.getTime()), kind: "households.life", v: 1, at: stamp(now), after: [], body: { household, what, why, ...who, on } };
}

/** Who is born was born in the year of the day. */
function newborn(why: Why, on: string, born: number | null): { born?: number } {
  const year = why === "birth" ? Number(on.slice(0, 4)) : born;
  return year === null ? {} : { born: year };
}

/** Whether enough is known to save it: somebody named or chosen, a day that is not to come, a year that can be. `heir`: the head went. */
export function isWhole({ why, on, name, born, member, head }: Life, now: Date, heir = false): boolean {
  const today = stamp(now).slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(on) || on > today) return false;
  if (whatOf(why) === "went") return member !== "" && (!heir || head !== "");
  if (why === "birth") return true;
  return name.trim() !== "" && (born === null || (born >= 1900 && born <= now.getFullYear()));
}

export interface Told {
  readonly id: string;
  readonly why: Why;
  /** The name that was written, or of the member who left. */
  readonly name: string;
  readonly on: string;
  readonly refused: boolean;
  readonly message: string;
  readonly sent: boolean;
}

const HOUR = 3_600_000;

/** What was told here and the county's copy does not show yet; a refusal is told for an hour. */
export function waiting(household: Thing, names: ReadonlyMap<string, string>, commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, now: Date): Told[] {
  const own = commands.filter((one) => one.kind === "households.life" && one.body["household"] === household.id);
  return own.flatMap((command) => {
    const { why, member, name, on } = command.body;
    const receipt = receipts.get(command.id);
    const old = now.getTime() - Date.parse(command.at) > HOUR;
    const shown = whatOf(why as Why) === "went" ? !names.has(String(member)) : names.has(command.id);
    if ((receipt?.verdict === "applied" && (shown || old)) || (receipt?.verdict === "refused" && old)) return [];
    const refused = receipt?.verdict === "refused";
    return [{ id: command.id, why: why as Why, name: String(name ?? names.get(String(member)) ?? ""), on: String(on ?? ""), refused, message: refused ? receipt.message : "", sent: receipt !== undefined }];
  });
}
