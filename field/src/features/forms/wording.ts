/** Labels and answers in words, for eyes and ears. */
import { day } from "../../i18n/time";
import { withFinalMark } from "../../i18n/marks";
import { named, type Key, type Language } from "../../i18n/translate";
import { isRecord } from "../../sync/wire";
import type { Words } from "./definition";
import { isName } from "./draft";
import { Spot } from "./filling";
import { empty } from "./fitting";
import { isYesNo } from "./pages";
import { text } from "./values";

type Say = (key: Key, params?: Readonly<Record<string, string | number>>) => string;

/** A label; `${a/b}` in it stands for what was answered there. */
export function label(spot: Spot, language: Language, words: Words = spot.node.label): string {
  const said = named(words, language).replace(/\$\{([^}]+)\}/g, (_, path: string) => {
    const node = spot.filling.form.nodes.get(path);
    return node ? text(spot.filling.values(path, spot.place)) : "";
  });
  return language === "bo" ? withFinalMark(said) : said;
}

/** What was answered, in words; empty where nothing was. */
export function answer(spot: Spot, language: Language, t: Say): string {
  const { node, raw } = spot;
  if (node.calculation) return text(spot.own());
  if (empty(raw)) return "";
  if (isYesNo(node)) return t(raw === "yes" ? "tasks.yes" : "tasks.no");
  const chosen = Array.isArray(raw) ? raw : [raw];
  switch (node.type) {
    case "select_one": case "select_multiple":
      return chosen.map((name) => named(node.choices.find((one) => one.name === name)?.label, language)).filter(Boolean).join(language === "bo" ? "། " : language === "en" ? ", " : "，");
    case "date": return day(language, String(raw));
    case "acknowledge": return t("forms.agree");
    case "image": return t("case.photo");
    case "audio": return t("case.voice");
    case "geopoint": return isRecord(raw) ? t("report.place_found", { n: Math.round(Number(raw["accuracy"] ?? 0)) }) : "";
    default: return String(raw);
  }
}

/** What one instance of a repeat is called: its name, else its first answer in words, else its number. */
export function instanceName(repeat: Spot, at: number, language: Language, t: Say): string {
  const spots = repeat.node.children.map((child) => new Spot(repeat.filling, child, [...repeat.place, at]));
  const name = spots.find((spot) => isName(spot.node) && spot.node.fact.endsWith(".name")) ?? spots.find((spot) => spot.node.type === "text" || spot.node.type === "select_one");
  return (name && answer(name, language, t)) || t("forms.nth", { n: at + 1 });
}

