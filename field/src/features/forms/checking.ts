/** Answers against their form: what is refused and why, what is kept (domain/answers/checking.py). */
import { isRecord } from "../../sync/wire";
import type { Definition } from "./definition";
import { Filling, MOST_INSTANCES, Spot, type Answers } from "./filling";
import { empty, fits } from "./fitting";

/** No such question; wrong shape; not offered; missing; against its rule; too many rows. */
export type Why = "unknown" | "type" | "choice" | "required" | "constraint" | "too_many";

/** Keys are paths with positions from 1 (`members[2]/age`). */
export interface Outcome {
  readonly relevant: Readonly<Record<string, boolean>>;
  readonly refused: Readonly<Record<string, Why>>;
  readonly kept: Answers;
}

export function check(filling: Filling): Outcome {
  const spots = filling.spots();
  const refused: Record<string, Why> = strangers(filling.form, filling.answers, "", "");
  for (const spot of spots) {
    const why = spot.relevant ? whyRefused(spot) : null;
    if (why) refused[spot.name] ??= why;
  }
  return { relevant: Object.fromEntries(spots.map((spot) => [spot.name, spot.relevant])), refused, kept: kept(filling.form.items.map((item) => new Spot(filling, item, []))) };
}

/** Why the answer of one relevant question cannot stay so. */
export function whyRefused(spot: Spot): Why | null {
  const { node, raw } = spot;
  if (node.type === "group" || node.type === "repeat") return ofHolder(spot);
  if (node.type === "note" || node.type === "calculate" || node.calculation) return null;
  if (empty(raw)) return spot.holds(node.required) ? "required" : null;
  if (!fits(node.type, raw)) return "type";
  if (node.type.startsWith("select") && !isOffered(spot)) return "choice";
  return node.constraint && !spot.holds(node.constraint) ? "constraint" : null;
}

function ofHolder({ node, raw }: Spot): Why | null {
  if (raw === undefined || raw === null) return null;
  if (node.type === "group") return isRecord(raw) ? null : "type";
  if (!Array.isArray(raw) || !raw.every(isRecord)) return "type";
  return raw.length > MOST_INSTANCES ? "too_many" : null;
}

function isOffered(spot: Spot): boolean {
  const offered = spot.offered().map((choice) => choice.name);
  return (Array.isArray(spot.raw) ? spot.raw : [spot.raw]).every((each) => offered.includes(each as string));
}

/** Answers to questions that the form does not have. */
function strangers(form: Definition, answers: unknown, path: string, name: string): Record<string, Why> {
  const found: Record<string, Why> = {};
  for (const [key, value] of isRecord(answers) ? Object.entries(answers) : []) {
    const [below, shown] = path ? [`${path}/${key}`, `${name}/${key}`] : [key, key];
    const node = form.nodes.get(below);
    if (!node || key.includes("/")) found[shown] = "unknown";
    else if (node.type === "group") Object.assign(found, strangers(form, value, below, shown));
    else if (node.type === "repeat" && Array.isArray(value)) {
      value.slice(0, MOST_INSTANCES).forEach((each, at) => Object.assign(found, strangers(form, each, below, `${shown}[${at + 1}]`)));
    }
  }
  return found;
}

function kept(spots: readonly Spot[]): Answers {
  const found = spots.filter((spot) => spot.relevant).map((spot) => [spot.node.name, valueOf(spot)] as const);
  return Object.fromEntries(found.filter(([, value]) => !empty(value) && !(isRecord(value) && !Object.keys(value).length)));
}

function valueOf(spot: Spot): unknown {
  const { type, calculation } = spot.node;
  if (type === "note") return null;
  if (type === "group") return inside(spot)[0];
  if (type === "repeat") return inside(spot);
  if (calculation) return calculated(spot);
  return fits(type, spot.raw) ? spot.raw : null;
}

/** What its children keep, once for each instance; an instance beyond the count is not kept. */
function inside(spot: Spot): Answers[] {
  const rows = spot.places.map((place) => spot.node.children.map((child) => new Spot(spot.filling, child, place)));
  return rows.filter((children) => spot.node.type === "group" || children.some((child) => child.relevant)).map(kept);
}

function calculated(spot: Spot): unknown {
  const value = spot.own();
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
