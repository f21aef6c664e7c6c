/** A distance as people say it: metres to the ten below a kilometre, tenths below ten, then whole kilometres. */
import type { Key, Params } from "../../i18n/translate";

export function distance(t: (key: Key, params?: Params) => string, metres: number): string {
  if (metres < 1_000) return t("map.m", { n: metres < 10 ? Math.round(metres) : Math.round(metres / 10) * 10 });
  const kilometres = metres / 1_000;
  return t("map.km", { n: kilometres < 10 ? Math.round(kilometres * 10) / 10 : Math.round(kilometres) });
}
