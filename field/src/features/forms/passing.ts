/** People passing through are asked for an epidemic only while the county has declared it (domain/passing.py). */
import type { Definition, Node } from "./definition";

/** The form without the purposes that nobody has declared. */
export function offering(form: Definition, declared: readonly string[]): Definition {
  const asked = form.nodes.get(form.purpose);
  if (!asked?.choices.some((one) => hidden(one.when?.["declared"], one.name, declared))) return form;
  const node: Node = { ...asked, choices: asked.choices.filter((one) => !hidden(one.when?.["declared"], one.name, declared)) };
  return { ...form, items: form.items.map((one) => (one === asked ? node : one)), nodes: new Map(form.nodes).set(form.purpose, node) };
}

const hidden = (must: string | undefined, name: string, declared: readonly string[]): boolean => must === "yes" && !declared.includes(name);
