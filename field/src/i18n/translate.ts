/** The words of the app. All three languages travel with it: 10 KB, and the switch works without network. */
import { isRecord } from "../sync/wire";
import bo from "./bo.json";
import en from "./en.json";
import { withFinalMark } from "./marks";
import zh from "./zh-Hans.json";

export type Language = "bo" | "zh-Hans" | "en";
export type Key = keyof typeof zh;
export type Params = Readonly<Record<string, string | number>>;

export const LANGUAGES: readonly Language[] = ["bo", "zh-Hans", "en"];
const WORDS: Record<Language, Record<string, string>> = { bo, "zh-Hans": zh, en };

/** A standalone label, heading or sentence, with its final mark. A gap falls back bo → zh, never to English. */
export function translate(language: Language, key: Key, params: Params = {}): string {
  const text = fill(WORDS[language][key] ?? WORDS["zh-Hans"][key] ?? key, params);
  return language === "bo" ? withFinalMark(text) : text;
}

/** The same words for a chip or a table cell: no final mark. */
export function chip(language: Language, key: Key, params: Params = {}): string {
  return fill(WORDS[language][key] ?? WORDS["zh-Hans"][key] ?? key, params);
}

export function isKey(key: string): key is Key {
  return key in zh;
}

function fill(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
}

/** A name that came from the county: a plain text, or one per language as {zh, bo, en}. */
export function named(value: unknown, language: Language): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (!isRecord(value)) return "";
  const order = language === "bo" ? ["bo", "zh"] : language === "en" ? ["en", "zh", "bo"] : ["zh", "bo"];
  for (const code of order) if (typeof value[code] === "string" && value[code]) return value[code];
  return typeof value["name"] === "undefined" ? "" : named(value["name"], language);
}

/** The app's language for a code of the server or the browser ("zh-hans", "bo-CN", …), or null. */
export function languageOf(code: string | null | undefined): Language | null {
  const start = (code ?? "").toLowerCase().slice(0, 2);
  return LANGUAGES.find((language) => language.startsWith(start) && start !== "") ?? null;
}
