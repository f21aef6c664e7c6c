/** The words of what a county keeps of families come once, in the change of kind `catalogue`; here they join the facts. */
import type { Storage, Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { factsOf, needsOf, papersOf, type Words } from "./said";

/** The household with the label, heading, unit and choices of each fact, need and paper. What says itself stays so. */
export function withWords(household: Thing, catalogue: Thing | undefined): Thing {
  const { items, needs, documents } = household.data;
  const words = catalogue?.data ?? {};
  return {
    ...household,
    data: {
      ...household.data,
      ...(items ? { items: ordered(factsOf(household), words).map((one) => ({ ...wordsOf(one["code"], words), ...one })) } : {}),
      ...(needs ? { needs: labelled(needsOf(household), words["needs"]) } : {}),
      ...(documents ? { documents: labelled(papersOf(household), words["documents"]) } : {}),
    },
  };
}

/** A family and the words about it, as a screen reads them. */
export interface Family {
  readonly household: Thing;
  readonly catalogue: Thing | undefined;
}

export async function familyOf(storage: Storage, id: string): Promise<Family | null> {
  const [household, [catalogue]] = await Promise.all([storage.thing("household", id), storage.things("catalogue")]);
  return household ? { household: withWords(household, catalogue), catalogue } : null;
}

/** Every item of the catalogue with its words, in the county's order. */
export function entries(catalogue: Thing | undefined): Words[] {
  const items = catalogue?.data["items"];
  return isRecord(items) ? Object.entries(items).map(([code, entry]) => ({ ...(isRecord(entry) ? entry : {}), ...wordsOf(code, catalogue?.data ?? {}), code })) : [];
}

function labelled(all: readonly Words[], words: unknown): Words[] {
  return all.map((one) => ({ label: at(words, one["code"]), ...one }));
}

function wordsOf(code: unknown, words: Words): Words {
  const entry = at(words["items"], code);
  if (!isRecord(entry)) return {};
  const { label, group, type, months, unit, choices } = entry;
  const named = isRecord(choices) ? Object.entries(choices).map(([code, name]) => ({ code, name })) : [];
  return { label, group, group_label: at(words["groups"], group), type, months, unit, choices: named };
}

/** In the county's order, whoever each is about: facts travel sorted by person. */
function ordered(items: Words[], words: Words): Words[] {
  const order = isRecord(words["items"]) ? Object.keys(words["items"]) : [];
  const place = new Map(order.map((code, index) => [code, index]));
  return [...items].sort((a, b) => (place.get(String(a["code"])) ?? 0) - (place.get(String(b["code"])) ?? 0));
}

const at = (words: unknown, code: unknown): unknown => (isRecord(words) ? words[String(code)] : undefined);
