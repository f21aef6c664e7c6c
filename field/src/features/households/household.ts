/** Reading a household as the county sends it. Fields may be missing; nothing here invents one. */
import type { Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";

export interface Member {
  readonly name: string;
  readonly relation: unknown;
  readonly born: string;
}

export function headName(household: Thing): string {
  const { name, number } = household.data;
  return typeof name === "string" && name ? name : String(number ?? "");
}

export function members(household: Thing): Member[] {
  const list = household.data["members"];
  if (!Array.isArray(list)) return [];
  return list.map((one: unknown) =>
    isRecord(one)
      ? { name: String(one["name"] ?? ""), relation: word(one["relation"]), born: String(one["born"] ?? "") }
      : { name: String(one), relation: "", born: "" });
}

/** A relation in words. A bare code ("wife") is for programs, not for a Tibetan page. */
const word = (value: unknown): unknown => (typeof value === "string" && /[a-z]/i.test(value) ? "" : value ?? "");

/** Households whose name, number or a member's name holds the query; spaces and Tibetan marks do not count. */
export function search(households: readonly Thing[], query: string): Thing[] {
  const wanted = plain(query);
  if (!wanted) return [...households];
  return households.filter((household) => words(household).some((word) => plain(word).includes(wanted)));
}

function words(household: Thing): string[] {
  return [headName(household), String(household.data["number"] ?? ""), ...members(household).map((member) => member.name)];
}

/** Lower case, Tibetan digits as ASCII, without tsheg, shad and spaces. */
export function plain(text: string): string {
  const digits = text.replace(/[\u0F20-\u0F29]/g, (digit) => String(digit.charCodeAt(0) - 0x0f20));
  return digits.toLowerCase().replace(/[\s\u0F0B-\u0F14-]/g, "");
}

/** By name, as each language sorts (Tibetan by root letter). */
export function sorted(households: readonly Thing[], language: string): Thing[] {
  const order = new Intl.Collator(language);
  return [...households].sort((a, b) => order.compare(headName(a), headName(b)));
}
