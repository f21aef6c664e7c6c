/** "Moved here today": the command, and what the phone shows until the county's own word arrives. */
import type { Receipt, StoredCommand } from "../../outbox/command";
import { stamp, type CommandDraft } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing } from "../../store/storage";
import { campNow } from "./household";

const HOUR = 3_600_000;
const KINDS: readonly string[] = ["households.move", "households.camp"];

/** A move to one of the family's camps, or away from the camp (`to` null), from now on. */
export function move(household: string, to: string | null, now: Date): CommandDraft {
  const body = { household, ...(to && { to }), kind: "camp", at: stamp(now) };
  // A camp this phone itself told of has the id of that command, and is waited for; the store drops any other.
  return { id: uuid7(now.getTime()), kind: "households.move", v: 1, at: stamp(now), after: to ? [to] : [], body };
}

/** What was told here last and the county's copy does not show yet. `season`: of a camp that is new. */
export interface Told {
  readonly camp: string | null;
  readonly season: string;
  readonly refused: boolean;
  readonly message: string;
  readonly sent: boolean;
}

export function lastTold(household: Thing, commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, now: Date): Told | null {
  const command = commands.filter((one) => KINDS.includes(one.kind) && one.body["household"] === household.id).at(-1);
  if (!command) return null;
  const receipt = receipts.get(command.id);
  const isNew = command.kind === "households.camp";
  const camp = isNew ? command.id : typeof command.body["to"] === "string" ? command.body["to"] : null;
  const season = isNew ? String(command.body["season"] ?? "") : "";
  const fresh = now.getTime() - Date.parse(command.at) < HOUR;
  if (receipt?.verdict === "refused") return fresh ? { camp, season, refused: true, message: receipt.message, sent: true } : null;
  const sent = receipt?.verdict === "applied" || receipt?.verdict === "received";
  // Applied, the change itself comes with this sync or the next; until then the screen must not jump back.
  if (receipt?.verdict === "applied" && (!fresh || (campNow(household)?.id ?? null) === camp)) return null;
  return { camp, season, refused: false, message: "", sent };
}
