/** Everything with a point that this phone knows: the family's camps, and the places of the county's guide. */
import { headName, campNow, camps } from "../households/household";
import type { KnownPlace, Thing } from "../../store/storage";
import { bearing, direction, metres, type Direction, type Spot } from "./geo";

export interface MapPoint {
  readonly id: string;
  readonly kind: "camp" | "place";
  readonly at: Spot;
  /** For `named()`: a text, or zh and bo beside each other. */
  readonly name: unknown;
  /** The family of a camp: its name and id. */
  readonly family: string;
  readonly household: string | null;
  /** The family is there now. */
  readonly here: boolean;
  readonly season: string;
  readonly level: string;
  readonly draft: boolean;
}

export interface Seen extends MapPoint {
  /** Metres and direction from where the phone is; null while it does not know. */
  readonly away: number | null;
  readonly towards: Direction | null;
}

export function points(households: readonly Thing[], places: readonly KnownPlace[]): MapPoint[] {
  const found = households.flatMap((household) => camps(household).flatMap((camp) => (camp.at ? [{
    id: `${household.id}/${camp.id}`, kind: "camp" as const, at: camp.at, name: camp.name, family: headName(household), household: household.id,
    here: campNow(household)?.id === camp.id, season: camp.season, level: "", draft: false,
  }] : [])));
  const known = places.map((place) => ({
    id: place.code, kind: "place" as const, at: place.at, name: place, family: "", household: null, here: false, season: "",
    level: place.level, draft: place.draft === true,
  }));
  return [...found, ...known];
}

/** Nearest first; in the order given while the phone does not know where it is. */
export function seenFrom(all: readonly MapPoint[], me: Spot | null): Seen[] {
  if (!me) return all.map((point) => ({ ...point, away: null, towards: null }));
  const seen = all.map((point) => ({ ...point, away: metres(me, point.at), towards: direction(bearing(me, point.at)) }));
  return seen.sort((a, b) => a.away - b.away);
}
