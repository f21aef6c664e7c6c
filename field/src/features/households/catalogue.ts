/** The words of what a county keeps of families come once, in the change of kind `catalogue`; here they join the facts. */
import type { Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import { list } from "./household";

type Words = Readonly<Record<string, unknown>>;

/** The household with the label, heading, unit and choices of each fact, need and paper. What says itself stays so. */
export function withWords(household: Thing, catalogue: Thing | undefined): Thing {
  const { items, needs, documents } = household.data;
  const words = catalogue?.data ?? {};
  return {
    ...household,
    data: {
      ...household.data,
      ...(items ? { items: ordered(list(items), words).map((one) => ({ ...wordsOf(one, words), ...one })) } : {}),
      ...(needs ? { needs: labelled(needs, words["needs"]) } : {}),
      ...(documents ? { documents: labelled(documents, words["documents"]) } : {}),
    },
  };
}

function labelled(all: unknown, words: unknown): Words[] {
  return list(all).map((one) => ({ label: at(words, one["code"]), ...one }));
}

function wordsOf(item: Words, words: Words): Words {
  const entry = at(words["items"], item["code"]);
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
