/** Reading what the county keeps of a household beside its people: needs, papers, and single facts by group. */
import type { Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { list } from "./household";

/** Help a family asked for. `plan`: who does what until when. */
export interface Need {
  readonly id: string;
  readonly label: unknown;
  readonly since: string;
  readonly member: string;
  readonly plan: { readonly what: string; readonly who: string; readonly by: string } | null;
}

/** Whether a paper is held, and until when it is valid. No number, no picture. */
export interface Paper {
  readonly id: string;
  readonly label: unknown;
  readonly member: string;
  readonly held: boolean;
  readonly validTo: string;
}

export type Value = string | number | boolean;

/** One fact. `asOf`: the day on which it was still so; `stale`: older than such a fact stays true. */
export interface Item {
  readonly code: string;
  readonly label: unknown;
  /** Null: nobody said yet. */
  readonly value: Value | null;
  readonly unit: unknown;
  /** Count, number, yes_no, choice …, or empty where the county did not say. */
  readonly type: string;
  /** Id of the member it is about, or empty. */
  readonly member: string;
  /** Id of the camp it is about, or empty. */
  readonly camp: string;
  readonly asOf: string;
  readonly stale: boolean;
  /** Counted, so there is no half of it. */
  readonly whole: boolean;
  /** What it can be, where it is one of several words. */
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly code: string;
  readonly name: unknown;
}

export interface Group {
  readonly code: string;
  readonly label: unknown;
  readonly items: readonly Item[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Needs that are still there. */
export function needs(household: Thing): Need[] {
  return list(household.data["needs"]).filter((one) => !one["until"]).map((one) => {
    const plan = one["plan"];
    return {
      id: `${text(one["code"])} ${text(one["member"])}`, label: one["label"], since: text(one["since"]), member: text(one["member"]),
      plan: isRecord(plan) ? { what: text(plan["what"]), who: text(plan["who"]), by: text(plan["by"]) } : null,
    };
  });
}

/** What is missing first: that is what there is to do. */
export function papers(household: Thing): Paper[] {
  const all = list(household.data["documents"]).map((one) => ({
    id: `${text(one["code"])} ${text(one["member"])}`, label: one["label"], member: text(one["member"]), held: one["held"] === true, validTo: text(one["valid_to"]),
  }));
  return all.sort((a, b) => Number(a.held) - Number(b.held));
}

/** Facts under their headings, in the county's order. */
export function groups(household: Thing, now: Date): Group[] {
  const found = new Map<string, { code: string; label: unknown; items: Item[] }>();
  for (const one of list(household.data["items"])) {
    const item = readItem(one, now);
    if (!item) continue;
    const code = text(one["group"]);
    const group = found.get(code) ?? { code, label: one["group_label"], items: [] };
    found.set(code, group);
    group.items.push(item);
  }
  return [...found.values()];
}

const isChoice = (one: Record<string, unknown>): one is Record<string, unknown> & Choice => typeof one["code"] === "string";

function readItem(one: Record<string, unknown>, now: Date): Item | null {
  const { value } = one;
  if (typeof one["code"] !== "string" || !["string", "number", "boolean"].includes(typeof value)) return null;
  const asOf = text(one["as_of"]);
  return { ...blank(one), value: value as Value, asOf, stale: one["stale"] === true || isOld(asOf, Number(one["months"] ?? 0), now) };
}

/** An item as nobody has answered it yet, from its words. */
export function blank(one: Readonly<Record<string, unknown>>, camp = ""): Item {
  const type = text(one["type"]);
  return {
    code: text(one["code"]), label: one["label"], value: null, unit: one["unit"], type, member: text(one["member"]), camp,
    asOf: "", stale: false, whole: type === "count", choices: list(one["choices"]).filter(isChoice),
  };
}

/** A phone without network sees its facts grow old too. `months`: how long such a fact stays fresh; 0: not known. */
function isOld(asOf: string, months: number, now: Date): boolean {
  const end = new Date(`${asOf}T00:00:00`);
  end.setMonth(end.getMonth() + months);
  return months > 0 && end.getTime() <= now.getTime();
}
