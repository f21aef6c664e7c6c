/** "The family's camp is here now, a new place": the command. The county makes the camp, with the command's id. */
import { stamp, type CommandDraft } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Place } from "../report/place";

export const SEASONS = ["spring", "summer", "autumn", "winter"] as const;
export type Season = (typeof SEASONS)[number];

/** On the plateau herds go up in June and come down in November. */
export function seasonOf(day: Date): Season {
  const month = day.getMonth() + 1;
  if (month === 4 || month === 5) return "spring";
  if (month >= 6 && month <= 8) return "summer";
  return month === 9 || month === 10 ? "autumn" : "winter";
}

export function campHere(household: string, { lat, lon, accuracy }: Place, season: Season, now: Date): CommandDraft {
  const body = { household, name: "", lat, lon, accuracy, season, from: stamp(now).slice(0, 10) };
  return { id: uuid7(now.getTime()), kind: "households.camp", v: 1, at: stamp(now), after: [], body };
}
