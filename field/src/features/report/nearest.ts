/** Which family a report is most likely about: the ones nearby, then those visited lately, then all by name. */
import type { Storage, Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { campNow, camps, sorted } from "../households/household";
import { metres } from "../map/geo";
import type { Place } from "./place";

export interface Near {
  readonly household: Thing;
  /** Metres from here to its camp; null where one of the two is not known. */
  readonly metres: number | null;
}

export interface Choices {
  readonly near: readonly Near[];
  readonly lately: readonly Near[];
  readonly rest: readonly Near[];
}

/** A day's ride; further away "near" says nothing. */
const REACH = 40_000;
const FEW = 4;

/** Each household once. `visited`: id → milliseconds of the last time something was written about it here. */
export function choices(households: readonly Thing[], here: Place | null, visited: ReadonlyMap<string, number>, language: string): Choices {
  const all = sorted(households, language).map((household) => ({ household, metres: here && away(household, here) }));
  const near = all.filter((one) => one.metres !== null && one.metres <= REACH).sort((a, b) => a.metres! - b.metres!).slice(0, FEW);
  const when = (one: Near): number => visited.get(one.household.id) ?? 0;
  const others = all.filter((one) => !near.includes(one));
  const lately = others.filter(when).sort((a, b) => when(b) - when(a)).slice(0, FEW);
  return { near, lately, rest: others.filter((one) => !lately.includes(one)) };
}

/** Where it camps now counts; a family at home, or in a camp without a point, is looked for at all its camps. */
function away(household: Thing, here: Place): number | null {
  const now = campNow(household)?.id;
  const known = camps(household).filter((camp) => camp.at);
  const points = known.some((camp) => camp.id === now) ? known.filter((camp) => camp.id === now) : known;
  return points.length ? Math.min(...points.map((camp) => metres([here.lat, here.lon], camp.at!))) : null;
}

/** When something was last written here about each household: a report, a visit, a move. */
export async function lastVisits(storage: Storage): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const add = (household: unknown, at: unknown): void => {
    const when = Date.parse(String(at));
    if (typeof household === "string" && when > (found.get(household) ?? 0)) found.set(household, when);
  };
  for (const command of await storage.commands()) add(command.body["household"], command.at);
  for (const thing of [...(await storage.things("case")), ...(await storage.things("visit"))]) {
    const { household, at } = thing.data;
    add(isRecord(household) ? household["id"] : household, at);
  }
  return found;
}
