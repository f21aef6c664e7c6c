/** Reading a household as the county sends it. Fields may be missing; nothing here invents one. */
import type { Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { finder } from "../search/match";

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly relation: unknown;
  readonly born: string;
  readonly phone: string;
  /** The one who speaks for the family: to be asked, to be called. */
  readonly speaks: boolean;
}

/** A seasonal place the family declared. `at`: WGS84 degrees [lat, lon], where the family gave a point. */
export interface Camp {
  readonly id: string;
  readonly season: string;
  /** zh and bo beside each other, for `named()`. */
  readonly name: Readonly<Record<string, unknown>>;
  readonly at: readonly [number, number] | null;
  /** What is there and what is not, as far as anybody said. */
  readonly has: readonly { readonly what: Fitting; readonly there: boolean }[];
}

export const FITTINGS = ["water", "power", "road", "signal", "shelter"] as const;
export type Fitting = (typeof FITTINGS)[number];

export function headName(household: Thing): string {
  const { name, number } = household.data;
  return typeof name === "string" && name ? name : String(number ?? "");
}

export function members(household: Thing): Member[] {
  return list(household.data["members"]).map((one) => ({
    id: String(one["id"] ?? ""), name: String(one["name"] ?? ""), relation: word(one["relation"]), born: String(one["born"] ?? ""),
    phone: String(one["phone"] ?? ""), speaks: one["speaks_for"] === true,
  }));
}

export function camps(household: Thing): Camp[] {
  return list(household.data["camps"]).filter((one) => typeof one["id"] === "string").map((one) => ({
    id: String(one["id"]), season: String(one["season"] ?? ""), name: one,
    // A record that came before camps had `lat` and `lon` stays on the phone until the family's next change.
    at: point([one["lat"], one["lon"]]) ?? point(one["at"]),
    has: FITTINGS.flatMap((what) => (typeof one[what] === "boolean" ? [{ what, there: one[what] }] : [])),
  }));
}

/** Where the county has it now: the id of its camp, and the day it came there; null when it is at home. */
export function campNow(household: Thing): { readonly id: string | null; readonly name: unknown; readonly since: string | null } | null {
  const { camp, since } = household.data;
  if (!isRecord(camp)) return null;
  return { id: typeof camp["id"] === "string" ? camp["id"] : null, name: camp, since: typeof since === "string" ? since : null };
}

export function point(value: unknown): readonly [number, number] | null {
  const [lat, lon] = Array.isArray(value) ? (value as unknown[]) : [];
  return typeof lat === "number" && typeof lon === "number" ? [lat, lon] : null;
}

export const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** A relation in words. A bare code ("wife") is for programs, not for a Tibetan page. */
const word = (value: unknown): unknown => (typeof value === "string" && /[a-z]/i.test(value) ? "" : value ?? "");

/** Households found by name, number, phone, camp or a member's name; all of them when nothing was typed. */
export function search(households: readonly Thing[], query: string): Thing[] {
  const found = finder(query);
  return found ? households.filter((household) => found(words(household))) : [...households];
}

export function words(household: Thing): string[] {
  const { number, phone, area } = household.data;
  const places = [area, ...camps(household).map((camp) => camp.name)].flatMap((place) => (isRecord(place) ? [place["zh"], place["bo"]] : []));
  const people = members(household).flatMap((member) => [member.name, member.phone]);
  return [headName(household), ...people, ...[number, phone, ...places].filter((one) => typeof one === "string")];
}

/** By name, as each language sorts (Tibetan by root letter). */
export function sorted(households: readonly Thing[], language: string): Thing[] {
  const order = collator(language);
  return [...households].sort((a, b) => order.compare(headName(a), headName(b)));
}

const COLLATORS = new Map<string, Intl.Collator>();

/** Brings the order of a language from the phone's system while nobody waits: the first time it takes longer than sorting. */
export const prepareOrder = (language: string): void => void collator(language).compare("ཀ", "才");

/** Made once for each language. */
function collator(language: string): Intl.Collator {
  const held = COLLATORS.get(language) ?? new Intl.Collator(language);
  COLLATORS.set(language, held);
  return held;
}
