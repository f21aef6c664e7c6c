/** One place in words: its name, how far, which way; a family's camp leads to the family. */
import { isKey, named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { go } from "../../ui/route";
import type { Direction } from "./geo";
import type { Seen } from "./points";
import { distance } from "./words";

const TURN: Record<Direction, number> = { n: 0, ne: 45, e: 90, se: 135, s: 180, sw: 225, w: 270, nw: 315 };

export function PointRow({ point, chosen, choose }: { point: Seen; chosen: boolean; choose: () => void }) {
  const { t, language } = useApp();
  const season = `season.${point.season}`;
  return (
    <div class="pair-row">
      <button class="row" aria-pressed={chosen} onClick={choose}>
        <Icon name={point.kind === "camp" ? "tent" : "county"} filled={point.here} />
        <span class="grow">
          <b>{point.family || named(point.name, language)}</b>
          {point.family && <span class="quiet">{named(point.name, language)}{isKey(season) && ` ${t(season)}`}</span>}
          {point.here && <span class="speaks"><Icon name="check" size={20} />{t("household.here")}</span>}
          {point.draft && <span class="quiet">{t("map.draft")}</span>}
        </span>
        {point.away !== null && point.towards && (
          <span class="away">
            <svg class="arrow" viewBox="-12 -12 24 24" width="30" height="30" aria-hidden="true"><path d="M0 -10L7 9L0 4L-7 9Z" transform={`rotate(${TURN[point.towards]})`} /></svg>
            <b class="digits">{distance(t, point.away)}</b><span class="quiet">{t(`dir.${point.towards}`)}</span>
          </span>
        )}
      </button>
      {point.household && <button class="round filled" aria-label={`${t("report.household")} ${point.family}`} onClick={() => go(`household/${point.household}`)}><Icon name="next" /></button>}
    </div>
  );
}
