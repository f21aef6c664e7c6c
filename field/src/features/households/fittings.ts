/** What is at a camp (water, power, road, signal, shelter) as the county has it, with what was told of it on this phone. */
import type { Receipt, StoredCommand } from "../../outbox/command";
import { FITTINGS, list, type Camp, type Fitting } from "./household";

export type Fittings = Readonly<Partial<Record<Fitting, boolean>>>;

export const codeOf = (what: Fitting): string => `camp.${what}`;
const HOUR = 3_600_000;

/** Nobody said: not in it. A word of this phone stands until the county took it or an hour after that. */
export function fittings(camp: Pick<Camp, "id" | "has">, commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, now: Date): Fittings {
  const found: Partial<Record<Fitting, boolean>> = Object.fromEntries(camp.has.map(({ what, there }) => [what, there]));
  for (const command of commands.filter((one) => one.kind === "households.update" && counts(one, receipts.get(one.id), now))) {
    for (const { code, camp: where, value } of list(command.body["items"])) {
      const what = FITTINGS.find((one) => codeOf(one) === code);
      if (what && where === camp.id && typeof value === "boolean") found[what] = value;
    }
  }
  return found;
}

function counts(command: StoredCommand, receipt: Receipt | undefined, now: Date): boolean {
  if (receipt?.verdict === "refused") return false;
  return receipt?.verdict !== "applied" || now.getTime() - Date.parse(command.at) < HOUR;
}
