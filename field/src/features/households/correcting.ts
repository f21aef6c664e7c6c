/** Correcting one fact: the command, and what the phone shows until the county's own word arrives. */
import { stamp, type CommandDraft, type Receipt, type StoredCommand } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing } from "../../store/storage";
import { list } from "./household";
import type { Choice, Item, Value } from "./register";

/** It is so today: told for the first time, another value, or the same one once more. */
export function correction(household: string, item: About, value: Value, now: Date): CommandDraft {
  const items = [{ code: item.code, value, member: item.member || null, ...(item.camp && { camp: item.camp }), as_of: stamp(now).slice(0, 10) }];
  // A camp this phone itself told of has the id of that command, and is waited for; the store drops any other.
  return { id: uuid7(now.getTime()), kind: "households.update", v: 1, at: stamp(now), after: item.camp ? [item.camp] : [], body: { household, items } };
}

type About = Pick<Item, "code" | "member" | "camp">;

/** How a fact is asked for: with the keys of a number, by yes and no, by a choice of words; null: not on a phone. */
export type Asked = { readonly by: "number" | "yes_no" } | { readonly by: "choice"; readonly choices: readonly Choice[] };

export function asked(item: Item): Asked | null {
  if (item.type === "yes_no" || typeof item.value === "boolean") return { by: "yes_no" };
  if (["count", "number"].includes(item.type) || typeof item.value === "number") return { by: "number" };
  return item.choices.length ? { by: "choice", choices: item.choices } : null;
}

/** Words for a choice; what is no choice says itself. */
export function worded(item: Item): unknown {
  return item.choices.find((one) => one.code === item.value)?.name ?? item.value;
}

/** What was typed, in any digits; null when it is no number, or half of what is counted whole. */
export function readNumber(typed: string, whole: boolean): number | null {
  const plain = typed.trim().replace(/[\u0F20-\u0F29]/g, (digit) => String(digit.charCodeAt(0) - 0x0f20)).replace(",", ".");
  return (whole ? /^\d{1,8}$/ : /^\d{1,8}(\.\d{1,2})?$/).test(plain) ? Number(plain) : null;
}

export interface Corrected {
  readonly value: Value;
  readonly asOf: string;
  readonly refused: boolean;
  readonly message: string;
  /** Whether the county has it, though its own word is not here yet. */
  readonly sent: boolean;
}

export const keyOf = (item: About): string => `${item.code}\n${item.member || item.camp}`;

/** The last correction of each fact that the county's copy does not show yet; a refusal is told for an hour. */
export function corrected(
  household: Thing, items: readonly Item[], commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, now: Date,
): Map<string, Corrected> {
  const held = new Map(items.map((item) => [keyOf(item), item]));
  const found = new Map<string, Corrected>();
  for (const command of commands.filter((one) => one.kind === "households.update" && one.body["household"] === household.id)) {
    const receipt = receipts.get(command.id);
    for (const { code, member, camp, value, as_of } of list(command.body["items"])) {
      const key = keyOf({ code: String(code), member: typeof member === "string" ? member : "", camp: typeof camp === "string" ? camp : "" });
      const refused = receipt?.verdict === "refused";
      if (isTold(held.get(key), value, String(as_of), receipt) || (refused && now.getTime() - Date.parse(command.at) > HOUR)) found.delete(key);
      else found.set(key, { value: value as Value, asOf: String(as_of), refused, message: receipt?.message ?? "", sent: receipt !== undefined });
    }
  }
  return found;
}

const HOUR = 3_600_000;

/** The county's copy says it itself: the same value of that day, or something of a later one. */
function isTold(item: Item | undefined, value: unknown, asOf: string, receipt: Receipt | undefined): boolean {
  if (receipt?.verdict !== "applied" || !item) return false;
  return item.asOf > asOf || (item.asOf === asOf && item.value === value);
}
