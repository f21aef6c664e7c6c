/** A form half filled in: what was answered, what the register said before, how far one came. Pure but for the store. */
import { stamp } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Storage } from "../../store/storage";
import type { Definition, Node, Words } from "./definition";
import { Filling, type Answers, type Place, type Spot } from "./filling";
import { empty } from "./fitting";
import type { Offered } from "./kept";

export interface Subject {
  readonly kind: "household" | "member" | "camp" | "institution";
  readonly id: string;
}

export interface Draft {
  /** Of the draft, and later of what is sent. */
  readonly id: string;
  readonly form: string;
  readonly version: string;
  /** The definition it was begun with; a newer one does not change it. */
  readonly sha256: string;
  readonly title: Words;
  readonly subject: Subject | null;
  /** The family it is about, where there is one; and what to call it. */
  readonly household: string;
  readonly name: string;
  readonly started: string;
  readonly answers: Answers;
  /** Answers the register gave: name of the spot → the day it was so. */
  readonly known: Readonly<Record<string, string>>;
  /** Names of spots that somebody went past: an answer nobody looked at is not told again. */
  readonly seen: readonly string[];
  /** Key of the page one was on. */
  readonly at: string;
}

export interface Given {
  readonly answers: Answers;
  readonly known: Readonly<Record<string, string>>;
}

export function begun(offer: Offered, form: Definition, subject: Subject | null, family: { readonly household: string; readonly name: string }, given: Given, now: Date): Draft {
  const { form: id, version, sha256, title } = offer;
  return {
    id: uuid7(now.getTime()), form: id, version, sha256, title, subject, ...family, started: stamp(now),
    answers: withDefaults(form.items, given.answers), known: given.known, seen: [], at: "",
  };
}

/** Answers of a new form, or of a new instance of a repeat. */
export function withDefaults(nodes: readonly Node[], answers: Answers): Answers {
  const found: Record<string, unknown> = { ...answers };
  for (const node of nodes) {
    if (node.type === "group") found[node.name] = withDefaults(node.children, (found[node.name] ?? {}) as Answers);
    else if (node.default !== undefined && empty(found[node.name])) found[node.name] = node.default;
  }
  return found;
}

/** The answers with one of them given, changed or (undefined) taken back. */
export function answered(answers: Answers, { node, place, filling }: Spot, value: unknown): Answers {
  return put(answers, node.path.split("/"), place, value, "", filling) as Answers;
}

function put(held: unknown, [name = "", ...rest]: readonly string[], place: Place, value: unknown, above: string, filling: Filling): Answers {
  const answers = (held ?? {}) as Answers;
  const path = above ? `${above}/${name}` : name;
  if (!rest.length) {
    const { [name]: _, ...others } = answers;
    return value === undefined ? others : { ...answers, [name]: value };
  }
  if (filling.node(path).type !== "repeat") return { ...answers, [name]: put(answers[name], rest, place, value, path, filling) };
  const [at = 0, ...inner] = place;
  const rows = (Array.isArray(answers[name]) ? answers[name] : []) as Answers[];
  return { ...answers, [name]: rows.map((row, index) => (index === at ? put(row, rest, inner, value, path, filling) : row)) };
}

/** One more instance of a repeat; its place is the last. */
export function added(answers: Answers, spot: Spot): Answers {
  return answered(answers, spot, [...rowsOf(spot), withDefaults(spot.node.children, {})]);
}

export function removed(answers: Answers, spot: Spot, at: number): Answers {
  return answered(answers, spot, rowsOf(spot).filter((_, index) => index !== at));
}

export const rowsOf = ({ raw }: Spot): readonly Answers[] => (Array.isArray(raw) ? raw : []);

/** What is sent: without what the register said and nobody looked at, for that would make old news of today. */
export function looked(form: Definition, draft: Draft, today: string): Answers {
  let { answers } = draft;
  for (const spot of new Filling(form, draft.answers, today).spots()) {
    const name = spot.name;
    if (draft.known[name] && !draft.seen.includes(name) && !isName(spot.node)) answers = answered(answers, spot, undefined);
  }
  return answers;
}

/** What says whose answers these are: told to nobody, and asked only where it is not known. */
export const isName = ({ fact }: Node): boolean => NAMES.includes(fact);
const NAMES = [
  "member.id", "camp.id", "household.name", "household.number", "household.area", "member.name", "member.born", "camp.name", "institution.name",
];

export async function drafts(storage: Storage): Promise<Draft[]> {
  const found = (await storage.formDrafts()).map(({ said }) => said as unknown as Draft);
  return found.sort((one, other) => other.started.localeCompare(one.started));
}

export const keep = (storage: Storage, draft: Draft): Promise<void> => storage.saveFormDraft({ id: draft.id, said: draft as unknown as Record<string, unknown> });
