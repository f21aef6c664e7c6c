/** What nobody has said yet of a family or one of its people: what there is to ask. What is unknown stays unknown until then. */
import type { Thing } from "../../store/storage";
import { entries, type Family } from "./catalogue";
import { asked, keyOf, type Corrected } from "./correcting";
import { members, type Member } from "./household";
import { blank, groups, type Group, type Item } from "./register";
import type { Words } from "./said";

/** The items still to ask, under the county's headings. `member`: whose; null: the family's own. */
export function toAsk({ household, catalogue }: Family, told: ReadonlyMap<string, Corrected>, member: Member | null, now: Date): Group[] {
  const known = new Set(groups(household, now).flatMap((group) => group.items.map(keyOf)));
  const fitting = entries(catalogue).filter((entry) => isOf(entry, member, now) && mayTell(entry, household));
  const items = fitting.map((entry) => [entry, blank({ ...entry, member: member?.id ?? "" })] as const);
  return grouped(items.filter(([, item]) => asked(item) && !known.has(keyOf(item)) && !isTold(told.get(keyOf(item)))));
}

const isTold = (told: Corrected | undefined): boolean => told !== undefined && !told.refused;

/** Facts of the household, or of a member of that age; camps have theirs on the camp itself. */
function isOf(entry: Words, member: Member | null, now: Date): boolean {
  if (!member) return (entry["of"] ?? "household") === "household";
  return entry["of"] === "member" && isAge(entry["ages"], member.born, now);
}

/** One whose year of birth is not known is asked everything. */
function isAge(ages: unknown, born: string, now: Date): boolean {
  const [from, to] = Array.isArray(ages) ? ages.map(Number) : [];
  const age = now.getFullYear() - Number(born.slice(0, 4));
  return from === undefined || to === undefined || !born || (from <= age && age <= to);
}

/** A family of two villages: each writes what is its own. */
const mayTell = (entry: Words, { data }: Thing): boolean => data["side"] === undefined || (entry["owner"] ?? "residing") === data["side"];

function grouped(items: readonly (readonly [Words, Item])[]): Group[] {
  const found = new Map<string, { code: string; label: unknown; items: Item[] }>();
  for (const [entry, item] of items) {
    const code = String(entry["group"] ?? "");
    const group = found.get(code) ?? { code, label: entry["group_label"], items: [] };
    found.set(code, group);
    group.items.push(item);
  }
  return [...found.values()];
}

/** The groups with what was told here for the first time and the county's copy does not show yet. */
export function withTold(known: readonly Group[], told: ReadonlyMap<string, Corrected>, catalogue: Thing | undefined): readonly Group[] {
  const held = new Set(known.flatMap((group) => group.items.map(keyOf)));
  const fresh = [...told].filter(([key]) => !held.has(key)).flatMap(([key, one]) => firstTold(key, one, catalogue));
  if (!fresh.length) return known;
  const added = grouped(fresh);
  const both = known.map((group) => ({ ...group, items: [...group.items, ...(added.find((one) => one.code === group.code)?.items ?? [])] }));
  return [...both, ...added.filter((one) => known.every((group) => group.code !== one.code))];
}

function firstTold(key: string, { value, asOf }: Corrected, catalogue: Thing | undefined): (readonly [Words, Item])[] {
  const [code, member] = key.split("\n");
  const entry = entries(catalogue).find((one) => one["code"] === code && one["of"] !== "camp");
  return entry ? [[entry, { ...blank({ ...entry, member }), value, asOf }]] : [];
}

/** People of the family, whoever speaks for it first. */
export const inOrder = (household: Thing): Member[] => [...members(household)].sort((a, b) => Number(b.speaks) - Number(a.speaks));
