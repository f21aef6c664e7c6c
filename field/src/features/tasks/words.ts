/** A task's words in the language of the phone: an interpreter's, where the task was written in the other one. */
import type { Language } from "../../i18n/translate";
import { isRecord } from "../../sync/wire";

export interface Words {
  readonly title: string;
  readonly text: string;
  /** For `lang`; null where only its script tells. */
  readonly lang: "bo" | "zh-Hans" | null;
}

export interface Shown {
  readonly first: Words;
  /** What was written, where `first` is a translation of it. */
  readonly original: Words | null;
}

export function readWords(data: Record<string, unknown>): { readonly own: Words; readonly other: Words | null } {
  const own = { title: String(data["title"] ?? ""), text: String(data["text"] ?? ""), lang: null };
  const there = data["translation"];
  if (!isRecord(there) || typeof there["title"] !== "string" || !there["title"]) return { own, other: null };
  return { own, other: { title: there["title"], text: String(there["text"] ?? ""), lang: there["language"] === "bo" ? "bo" : "zh-Hans" } };
}

/** Why it was taken back, read as a task's words are; null where it was not. */
export function readReason(value: unknown): { readonly own: Words; readonly other: Words | null } | null {
  if (!isRecord(value)) return null;
  const there = isRecord(value["translation"]) ? value["translation"] : {};
  return readWords({ title: value["reason"], translation: { language: there["language"], title: there["reason"] } });
}

/** Tibetan phones read Tibetan, all others Chinese. */
export function wordsIn({ own, other }: { readonly own: Words; readonly other: Words | null }, language: Language): Shown {
  const wanted = language === "bo" ? "bo" : "zh-Hans";
  return other?.lang === wanted ? { first: other, original: own } : { first: own, original: null };
}
