/**
 * How a form is leafed through: one question a page, or a few small ones that belong together; a repeat is a page of its
 * own that lists its instances, each with pages of its own. Pure. Pages never move while one answers: what is not
 * asked (any more) is only left out.
 */
import { isName } from "./draft";
import type { Node } from "./definition";
import { Spot, type Filling, type Place } from "./filling";
import { empty } from "./fitting";

export type Page =
  | { readonly kind: "questions"; readonly key: string; readonly spots: readonly Spot[] }
  | { readonly kind: "repeat"; readonly key: string; readonly spot: Spot }
  | { readonly kind: "review"; readonly key: string };

/** Inside which instance one leafs; null: the form itself. */
export type Level = { readonly repeat: Node; readonly place: Place } | null;

/** How much of a page a question fills. */
const FULL = 3;
const REVIEW: Page = { kind: "review", key: "review" };

export function pagesOf(filling: Filling, level: Level, known: Readonly<Record<string, string>>): Page[] {
  const nodes = level ? level.repeat.children : filling.form.items;
  const pages = within(filling, nodes, level?.place ?? [], known).flatMap(asked);
  return level ? pages : [...pages, REVIEW];
}

/** The level of a page's key (`member[2]/born`): the innermost instance it lies in. */
export function levelOf(filling: Filling, key: string): Level {
  const place = [...key.matchAll(/\[(\d+)\]/g)].map((found) => Number(found[1]) - 1);
  const path = key.slice(0, key.lastIndexOf("]") + 1).replace(/\[\d+\]/g, "");
  const repeat = filling.form.nodes.get(path);
  return repeat?.type === "repeat" ? { repeat, place } : null;
}

function within(filling: Filling, nodes: readonly Node[], place: Place, known: Readonly<Record<string, string>>): Page[] {
  const found: Page[] = [];
  let open: Spot[] = [];
  let room = 0;
  const close = (): void => {
    if (open.length) found.push({ kind: "questions", key: open[0]!.name, spots: open });
    [open, room] = [[], 0];
  };
  for (const node of nodes) {
    const spot = new Spot(filling, node, place);
    if (node.type === "group" || node.type === "repeat") close();
    if (node.type === "group") found.push(...together(node, within(filling, node.children, place, known)));
    else if (node.type === "repeat") found.push({ kind: "repeat", key: spot.name, spot });
    else if (isShown(spot, known)) {
      if (room + size(node) > FULL) close();
      open.push(spot);
      room += size(node);
    }
  }
  close();
  return found;
}

/** XLSForm's `field-list`: all of the group on one page. */
function together(group: Node, pages: readonly Page[]): readonly Page[] {
  const spots = pages.flatMap((page) => (page.kind === "questions" ? page.spots : []));
  return group.appearance.includes("field-list") && spots.length && pages.every((page) => page.kind === "questions") ? [{ kind: "questions", key: spots[0]!.name, spots }] : pages;
}

/** What is reckoned or hidden is never asked; a name the register gave is not asked again. */
function isShown(spot: Spot, known: Readonly<Record<string, string>>): boolean {
  const { type, appearance, fact } = spot.node;
  if (type === "calculate" || appearance.includes("hidden") || fact.endsWith(".id")) return false;
  return !(isName(spot.node) && known[spot.name] && !empty(spot.raw));
}

export const isYesNo = ({ type, choices }: Node): boolean => type === "select_one" && choices.length === 2 && choices[0]!.name === "yes" && choices[1]!.name === "no";

function size(node: Node): number {
  if (["note", "text", "integer", "decimal", "acknowledge", "date", "time"].includes(node.type) || isYesNo(node)) return 1;
  return node.type.startsWith("select") && node.choices.length <= 3 ? 2 : FULL;
}

/** Only what is asked now: with nothing left the page falls away. */
function asked(page: Page): Page[] {
  if (page.kind === "repeat") return page.spot.relevant ? [page] : [];
  if (page.kind === "review") return [page];
  const spots = page.spots.filter((spot) => spot.relevant);
  return spots.length ? [{ ...page, spots }] : [];
}
