/** What was told of a family travels by whose it is and by day; screens want it one by one. Older records came one by one. */
import type { Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { list } from "./household";

export type Words = Readonly<Record<string, unknown>>;

export function factsOf(household: Thing): Words[] {
  const whose = owners(household);
  return list(household.data["items"]).flatMap((said) => {
    const { values, as_of, member } = said;
    return isRecord(values) ? Object.entries(values).map(([code, value]) => ({ code, value, as_of, member: whose(member) })) : [said];
  });
}

export function papersOf(household: Thing): Words[] {
  const whose = owners(household);
  return list(household.data["documents"]).flatMap((said) => {
    const { held, seen, member } = said;
    if (!isRecord(held)) return [said];
    // Held without end, held until a day, or not held.
    return Object.entries(held).map(([code, until]) => ({ code, held: until !== false, valid_to: until, seen, member: whose(member) }));
  });
}

export function needsOf(household: Thing): Words[] {
  const whose = owners(household);
  return list(household.data["needs"]).map((need) => ({ ...need, member: whose(need["member"]) }));
}

/** A member is named by their lasting place in the family; older records name them by id. */
function owners(household: Thing): (member: unknown) => unknown {
  const ids = new Map(list(household.data["members"]).map((one) => [one["place"], one["id"]]));
  return (member) => (typeof member === "number" ? ids.get(member) ?? String(member) : member);
}
