/** What the phone already holds of a family, as answers of a form: nobody types a fact twice. Pure. */
import { named as said, type Language } from "../../i18n/translate";
import { isRecord } from "../../sync/wire";
import { keyOf, type Corrected } from "../households/correcting";
import { camps, headName, list, members } from "../households/household";
import type { Thing } from "../../store/storage";
import type { Definition, Node } from "./definition";
import type { Given, Subject } from "./draft";
import type { Answers } from "./filling";
import { fits } from "./fitting";

interface Known {
  readonly value: unknown;
  /** The day it was so; empty: a name, which has none. */
  readonly asOf: string;
}

type Facts = ReadonlyMap<string, Known>;
/** Whose facts stand where: the family's own, or one member's or camp's. */
type Of = (code: string) => Known | undefined;

/** `told`: what was corrected here and the county's copy does not show yet. */
export function prefilled(form: Definition, household: Thing, told: ReadonlyMap<string, Corrected>, subject: Subject | null): Given {
  const facts = factsOf(household, told);
  const names = new Map<string, unknown>([["household.name", headName(household)], ["household.number", String(household.data["number"] ?? "")]]);
  const family: Of = (code) => facts.get(`${code}\n`) ?? named(names.get(code));
  const own = subject && subject.kind !== "household" ? instances(subject.kind, household, facts).find((one) => one.id === subject.id)?.of : undefined;
  const known: Record<string, string> = {};
  const answers = filled(form.items, "", (code) => own?.(code) ?? family(code), (kind) => instances(kind, household, facts), known);
  return { answers, known };
}

/** What the phone holds of an institution: its name, and how many fit in. */
export function ofInstitution(form: Definition, place: Thing, language: Language): Given {
  const facts = new Map<string, unknown>([["institution.name", said(place.data["name"], language)], ["institution.capacity", place.data["capacity"]]]);
  const known: Record<string, string> = {};
  return { answers: filled(form.items, "", (code) => named(facts.get(code)), () => [], known), known };
}

interface Instance {
  readonly id: string;
  readonly of: Of;
}

type Instances = (kind: string) => readonly Instance[];

function filled(nodes: readonly Node[], above: string, of: Of, each: Instances, known: Record<string, string>): Answers {
  const found: Record<string, unknown> = {};
  for (const node of nodes) {
    const name = above ? `${above}/${node.name}` : node.name;
    if (node.type === "group") found[node.name] = filled(node.children, name, of, each, known);
    else if (node.type === "repeat") {
      if (node.fact) found[node.name] = each(node.fact).map((one, at) => filled(node.children, `${name}[${at + 1}]`, one.of, () => [], known));
    } else if (node.fact && node.type !== "calculate") {
      const fact = of(node.fact);
      const answer = fact && asAnswer(node, fact.value);
      if (!fact || answer === undefined) continue;
      found[node.name] = answer;
      known[name] = fact.asOf || NO_DAY;
    }
  }
  return found;
}

/** A name has no day: it is known, not told. */
const NO_DAY = "-";

/** The register's value in the shape of the question, or undefined where it does not fit. */
function asAnswer(node: Node, value: unknown): unknown {
  const told = typeof value === "boolean" ? (value ? "yes" : "no") : value;
  const shaped = node.type === "text" ? String(told) : node.type === "integer" && typeof told === "string" ? Number(told) : told;
  if (!fits(node.type, shaped)) return undefined;
  const offered = node.choices.map((choice) => choice.name);
  return node.type === "select_one" && !offered.includes(String(shaped)) ? undefined : shaped;
}

function instances(kind: string, household: Thing, facts: Facts): Instance[] {
  if (kind === "member") return members(household).map((one) => ({ id: one.id, of: whose(facts, one.id, { "member.id": one.id, "member.name": one.name, "member.born": one.born.slice(0, 4) }) }));
  if (kind !== "camp") return [];
  return camps(household).map((camp) => {
    const fittings = Object.fromEntries(camp.has.map(({ what, there }) => [`camp.${what}`, there]));
    return { id: camp.id, of: whose(facts, camp.id, { "camp.id": camp.id, "camp.name": nameOf(camp.name), ...fittings }) };
  });
}

/** A camp travels with one name, older records with one for each language; one without any is called by its place. */
const nameOf = (camp: Readonly<Record<string, unknown>>): string => said(camp, "zh-Hans") || said(camp["area"], "zh-Hans");

function whose(facts: Facts, id: string, own: Readonly<Record<string, unknown>>): Of {
  return (code) => facts.get(`${code}\n${id}`) ?? named(own[code]);
}

const named = (value: unknown): Known | undefined => (value === undefined || value === "" ? undefined : { value, asOf: "" });

/** Code and whose → what is known; what was told here last stands above the county's copy. */
function factsOf(household: Thing, told: ReadonlyMap<string, Corrected>): Facts {
  const held = list(household.data["items"]).filter((one) => isRecord(one) && one["value"] !== undefined && one["value"] !== null);
  const facts = new Map<string, Known>(held.map((one) => [
    keyOf({ code: String(one["code"]), member: String(one["member"] ?? ""), camp: "" }), { value: one["value"], asOf: String(one["as_of"] ?? "") },
  ]));
  for (const [key, { value, asOf, refused }] of told) if (!refused) facts.set(key, { value, asOf });
  return facts;
}
