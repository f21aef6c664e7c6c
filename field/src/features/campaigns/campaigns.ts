/** Campaigns that run where I serve, and the command that puts a report into one. Pure but for the reading. */
import { stamp, type CommandDraft } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { StoredCommand } from "../../outbox/command";
import type { Storage, Thing } from "../../store/storage";

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly area: string;
  /** Last day, as 2026-12-01. */
  readonly ends: string;
  /** How many reports this phone has made into it. */
  readonly mine: number;
}

export async function campaigns(storage: Storage, now: Date): Promise<Campaign[]> {
  const [things, commands] = await Promise.all([storage.things("campaign"), storage.commands()]);
  return running(things, commands, now);
}

/** What has begun, soonest over first; the county takes away what has ended. */
export function running(things: readonly Thing[], commands: readonly StoredCommand[], now: Date): Campaign[] {
  return things
    .filter(({ data }) => Date.parse(`${String(data["starts"])}T00:00:00`) <= now.getTime())
    .map(({ id, data }) => ({
      id, name: String(data["name"] ?? ""), area: String(data["area"] ?? ""), ends: String(data["ends"] ?? ""),
      mine: commands.filter((one) => one.kind === "cases.found" && one.body["campaign"] === id).length,
    }))
    .sort((a, b) => a.ends.localeCompare(b.ends) || a.id.localeCompare(b.id));
}

/** Said after the report itself: it goes up behind it, and waits for it. */
export function foundFor(report: string, campaign: string, now: Date): CommandDraft {
  return { id: uuid7(now.getTime()), v: 1, at: stamp(now), kind: "cases.found", after: [report], body: { case: report, campaign } };
}
