/** "Moved here today": the command, and what the phone shows until the county's own word arrives. */
import type { Receipt, StoredCommand } from "../../outbox/command";
import { stamp, type CommandDraft } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing } from "../../store/storage";
import { campNow } from "./household";

const HOUR = 3_600_000;

/** A move to one of the family's camps, or away from the camp (`to` null), from now on. */
export function move(household: string, to: string | null, now: Date): CommandDraft {
  const body = { household, ...(to && { to }), kind: "camp", at: stamp(now) };
  return { id: uuid7(now.getTime()), kind: "households.move", v: 1, at: stamp(now), after: [], body };
}

/** What was told here last and the county's copy does not show yet. */
export interface Told {
  readonly camp: string | null;
  readonly refused: boolean;
  readonly message: string;
  readonly sent: boolean;
}

export function lastTold(household: Thing, commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, now: Date): Told | null {
  const command = commands.filter((one) => one.kind === "households.move" && one.body["household"] === household.id).at(-1);
  if (!command) return null;
  const receipt = receipts.get(command.id);
  const camp = typeof command.body["to"] === "string" ? command.body["to"] : null;
  const fresh = now.getTime() - Date.parse(command.at) < HOUR;
  if (receipt?.verdict === "refused") return fresh ? { camp, refused: true, message: receipt.message, sent: true } : null;
  const sent = receipt?.verdict === "applied" || receipt?.verdict === "received";
  // Applied, the change itself comes with this sync or the next; until then the screen must not jump back.
  if (receipt?.verdict === "applied" && (!fresh || (campNow(household)?.id ?? null) === camp)) return null;
  return { camp, refused: false, message: "", sent };
}
