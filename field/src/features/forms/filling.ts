/**
 * A form with answers in it: what each question is worth where it stands, asked only when an expression needs it
 * (domain/answers/filling.py). A question that is not relevant has no value; one in a repeat that is asked from within
 * the same instance is that one, from outside it is all of them.
 */
import { isRecord } from "../../sync/wire";
import type { Ast, Choice, Definition, Node, Words } from "./definition";
import { evaluate, holds, type Surroundings } from "./evaluate";
import { read } from "./fitting";
import { number, plain, text, type Plain, type Value } from "./values";

/** name → value; group → object; repeat → list of objects. */
export type Answers = Readonly<Record<string, unknown>>;
/** The instance of each repeat around a node, outermost first, from 0. */
export type Place = readonly number[];

/** Of one repeat. */
export const MOST_INSTANCES = 200;

export class Filling {
  private readonly known = new Map<string, Plain>();
  private readonly asked = new Map<string, boolean>();

  /** `today` YYYY-MM-DD and `now` YYYY-MM-DDTHH:MM:SS are the caller's, in China's time. */
  constructor(readonly form: Definition, readonly answers: Answers, readonly today: string, readonly now = `${today}T00:00:00`, readonly language = "zh") {}

  node(path: string): Node {
    return this.form.nodes.get(path)!;
  }

  /** Every node at every place it has, in the order of the form; also those that are not relevant. */
  spots(): Spot[] {
    return this.form.items.flatMap((item) => this.below(new Spot(this, item, [])));
  }

  /** A spot and all under it. */
  below(spot: Spot): Spot[] {
    return [spot, ...spot.places.flatMap((place) => spot.node.children.flatMap((child) => this.below(new Spot(this, child, place))))];
  }

  /** What was answered there, as it was given; undefined: nothing. */
  raw(path: string, place: Place): unknown {
    let [found, above, depth] = [this.answers as unknown, "", 0];
    for (const name of path.split("/")) {
      found = isRecord(found) ? found[name] : undefined;
      above = above ? `${above}/${name}` : name;
      if (above !== path && this.node(above).type === "repeat") found = Array.isArray(found) ? found[place[depth++] ?? 0] : undefined;
    }
    return found;
  }

  /** Whether it is asked: its own condition and those of all around it hold. */
  relevant(path: string, place: Place): boolean {
    const key = keyOf(path, place);
    const held = this.asked.get(key);
    if (held !== undefined) return held;
    this.asked.set(key, true);
    const found = this.isRelevant(path, place);
    this.asked.set(key, found);
    return found;
  }

  private isRelevant(path: string, place: Place): boolean {
    const node = this.node(path);
    const around = path.slice(0, Math.max(0, path.lastIndexOf("/")));
    if (around && !this.relevant(around, place.slice(0, this.node(around).repeats.length))) return false;
    return !node.relevant || holds(node.relevant, new Spot(this, node, place));
  }

  /** What one question is worth; an empty text where it is not relevant or not answered. */
  value(path: string, place: Place): Plain {
    const key = keyOf(path, place);
    const held = this.known.get(key);
    if (held !== undefined) return held;
    this.known.set(key, "");
    const found = this.worth(path, place);
    this.known.set(key, found);
    return found;
  }

  private worth(path: string, place: Place): Plain {
    const node = this.node(path);
    if (!this.relevant(path, place)) return "";
    if (!node.calculation) return read(node.type, this.raw(path, place));
    const value = plain(evaluate(node.calculation, new Spot(this, node, place)));
    return typeof value === "boolean" ? text(value) : value;
  }

  /** What an expression at `place` means by a path: one value, or one for each relevant instance. */
  values(path: string, place: Place): Value {
    const { repeats: around, type } = this.node(path);
    if (around.length <= place.length && type !== "repeat") return this.value(path, place.slice(0, around.length));
    return this.all(path, place).filter((each) => this.relevant(path, each.slice(0, around.length))).map((each) => this.value(path, each));
  }

  /** Every place of a path that shares the repeats it can share with `place`. */
  private all(path: string, place: Place): Place[] {
    const { repeats: around, type } = this.node(path);
    const repeats = type === "repeat" ? [...around, path] : around;
    let found: Place[] = [place.slice(0, around.length)];
    for (const repeat of repeats.slice(found[0]!.length)) found = found.flatMap((each) => range(this.instances(repeat, each)).map((at) => [...each, at]));
    return found;
  }

  /** How many there are; what was given beyond the count of the repeat is none. */
  instances(repeat: string, place: Place): number {
    const rows = this.raw(repeat, place);
    return Array.isArray(rows) ? Math.min(rows.length, this.most(repeat, place)) : 0;
  }

  /** How many instances a repeat may have here. */
  most(repeat: string, place: Place): number {
    const node = this.node(repeat);
    if (!node.count) return MOST_INSTANCES;
    const count = number(evaluate(node.count, new Spot(this, node, place)));
    return Number.isNaN(count) ? 0 : Math.trunc(Math.max(0, Math.min(count, MOST_INSTANCES)));
  }
}

/** A node at one place: what its expressions may ask for. */
export class Spot implements Surroundings {
  constructor(readonly filling: Filling, readonly node: Node, readonly place: Place, readonly choice: Choice | null = null) {}

  get today(): string { return this.filling.today; }
  get now(): string { return this.filling.now; }

  /** The path with positions from 1: `members[2]/age`. */
  get name(): string {
    return nameOf(this.filling, this.node.path, this.place);
  }

  /** Where its children stand: here, or one place for each instance. */
  get places(): Place[] {
    return this.node.type === "repeat" ? range(this.filling.instances(this.node.path, this.place)).map((at) => [...this.place, at]) : [this.place];
  }

  get relevant(): boolean { return this.filling.relevant(this.node.path, this.place); }
  get raw(): unknown { return this.filling.raw(this.node.path, this.place); }

  holds(ast: Ast | undefined): boolean {
    return ast !== undefined && holds(ast, this);
  }

  /** The choices its filter leaves. */
  offered(): readonly Choice[] {
    const { choices, choice_filter: filter } = this.node;
    return filter ? choices.filter((choice) => holds(filter, new Spot(this.filling, this.node, this.place, choice))) : choices;
  }

  of(path: string): Value { return this.filling.values(path, this.place); }
  own(): Plain { return this.filling.value(this.node.path, this.place); }
  position(): number { return (this.place.at(-1) ?? 0) + 1; }

  column(name: string): string {
    return (name === "name" ? this.choice?.name : this.choice?.when?.[name]) ?? "";
  }

  choiceLabel(path: string, name: string): string {
    const label: Words = this.filling.node(path).choices.find((choice) => choice.name === name)?.label ?? {};
    return label[this.filling.language] || label["zh"] || "";
  }
}

function nameOf(filling: Filling, path: string, place: Place): string {
  const { repeats } = filling.node(path);
  let [above, depth] = ["", 0];
  return path.split("/").map((part) => {
    above = above ? `${above}/${part}` : part;
    return repeats.includes(above) ? `${part}[${place[depth++]! + 1}]` : part;
  }).join("/");
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const keyOf = (path: string, place: Place): string => `${path}\n${place.join()}`;
