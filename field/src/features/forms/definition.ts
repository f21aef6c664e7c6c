/** A published form as phones hold it: a tree of questions with parsed expressions (src/mulian/modules/forms/domain/definition.py). */
import { isRecord } from "../../sync/wire";

/** A parsed expression: a list whose first word says what it does. */
export type Ast = readonly [string, ...unknown[]];
/** zh, bo, en → words. */
export type Words = Readonly<Record<string, string>>;

export const KINDS = [
  "group", "repeat", "text", "integer", "decimal", "date", "time", "select_one", "select_multiple", "note", "audio", "image", "geopoint", "calculate", "acknowledge",
] as const;
export type Kind = (typeof KINDS)[number];

export interface Choice {
  readonly name: string;
  readonly label: Words;
  readonly media?: Readonly<Record<string, Words>>;
  /** Column → value, for the filter of its question. */
  readonly when?: Words;
}

export interface Node {
  readonly name: string;
  readonly type: Kind;
  /** Names from the root joined by "/", without positions of repeats. */
  readonly path: string;
  /** Paths of the repeats around it, outermost first; a repeat is not around itself. */
  readonly repeats: readonly string[];
  readonly label: Words;
  readonly hint: Words;
  readonly media: Readonly<Record<string, Words>>;
  readonly relevant?: Ast;
  readonly required?: Ast;
  readonly constraint?: Ast;
  readonly constraint_message: Words;
  readonly read_only: boolean;
  readonly calculation?: Ast;
  readonly default?: string | number;
  readonly appearance: string;
  readonly choices: readonly Choice[];
  readonly choice_filter?: Ast;
  readonly children: readonly Node[];
  readonly count?: Ast;
  readonly max_pixels?: number;
  /** Item code of the register, or what is prefilled (`member.id`, `household.name`); empty: nothing. */
  readonly fact: string;
}

export interface Definition {
  readonly id: string;
  readonly version: string;
  readonly title: Words;
  readonly about: string;
  readonly items: readonly Node[];
  /** Path → node, in the order of the form. */
  readonly nodes: ReadonlyMap<string, Node>;
  /** The question that says what somebody passing through tells this for; empty: the form is not for such people. */
  readonly purpose: string;
}

/** What this app can draw; a form made for more says so, and the phone says that it is too old. */
const SUBSET = 1;
const PARTS = [
  "lit", "ref", "self", "choice", "and", "or", "not", "neg", "call", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod",
];
const CALLS = [
  "selected", "count-selected", "string-length", "regex", "today", "now", "if", "coalesce", "count", "sum", "min", "max", "int", "round", "number",
  "string", "concat", "contains", "starts-with", "substr", "position", "date", "decimal-date-time", "true", "false", "jr:choice-name",
];
const ASTS = ["relevant", "required", "constraint", "calculation", "choice_filter", "count"] as const;

/** "newer": made for an app that can draw more; null: this is no form at all (a login page also says 200). */
export function readDefinition(value: unknown): Definition | "newer" | null {
  if (!isRecord(value) || typeof value["id"] !== "string" || typeof value["version"] !== "string" || !Array.isArray(value["items"])) return null;
  if (Number(value["needs"] ?? SUBSET) > SUBSET) return "newer";
  const nodes = new Map<string, Node>();
  const items = nodesOf(value["items"], "", [], nodes);
  if (!items) return "newer";
  return { id: value["id"], version: value["version"], title: words(value["title"]), about: String(value["about"] ?? "none"), items, nodes, purpose: isRecord(value["passing"]) ? String(value["passing"]["purpose"]) : "" };
}

function nodesOf(rows: unknown, above: string, repeats: readonly string[], nodes: Map<string, Node>): Node[] | null {
  const found = (Array.isArray(rows) ? rows : []).map((row) => (isRecord(row) ? nodeOf(row, above, repeats, nodes) : null));
  return found.includes(null) ? null : (found as Node[]);
}

function nodeOf(row: Record<string, unknown>, above: string, repeats: readonly string[], nodes: Map<string, Node>): Node | null {
  if (!KINDS.includes(row["type"] as Kind) || ASTS.some((part) => row[part] !== undefined && !isKnown(row[part]))) return null;
  const path = above ? `${above}/${row["name"]}` : String(row["name"]);
  const choices = (Array.isArray(row["choices"]) ? row["choices"] : []).filter(isRecord) as unknown as Choice[];
  const blank = { ...(row as unknown as Node), path, repeats, label: words(row["label"]), hint: words(row["hint"]), constraint_message: words(row["constraint_message"]) };
  const node = { ...blank, media: (row["media"] ?? {}) as Node["media"], read_only: row["read_only"] === true, appearance: String(row["appearance"] ?? ""), choices, fact: String(row["fact"] ?? "") };
  // Parents stand before their children, as in the form.
  nodes.set(path, node);
  const children = nodesOf(row["children"], path, row["type"] === "repeat" ? [...repeats, path] : repeats, nodes);
  if (!children) return null;
  return Object.assign(node, { children });
}

/** Whether every word of an expression is one this app can reckon. */
function isKnown(ast: unknown): boolean {
  if (!Array.isArray(ast) || !PARTS.includes(ast[0])) return false;
  if (["lit", "ref", "self", "choice"].includes(ast[0])) return true;
  if (ast[0] === "call") return CALLS.includes(ast[1]) && ast.slice(2).every(isKnown);
  return ast.slice(1).every(isKnown);
}

const words = (value: unknown): Words => (isRecord(value) ? (value as Words) : {});
