import { describe, expect, it } from "vitest";
import type { StoredCommand } from "../../outbox/command";
import type { Thing } from "../../store/storage";
import { foundFor, running } from "./campaigns";

const NOW = new Date("2026-11-22T10:00:00+08:00");
const thing = (id: string, starts: string, ends: string): Thing => ({ kind: "campaign", id, rev: 1, round: 1, data: { name: id, area: "三角城镇", starts, ends } });

describe("campaigns", () => {
  it("shows what has begun, soonest over first, with how much was found here", () => {
    const things = [thing("late", "2026-11-01", "2026-12-20"), thing("soon", "2026-11-22", "2026-11-30"), thing("not yet", "2026-11-23", "2026-11-24")];
    const found = [foundFor("r1", "late", NOW), foundFor("r2", "late", NOW)] as unknown as StoredCommand[];
    expect(running(things, found, NOW).map((one) => [one.id, one.mine])).toEqual([["soon", 0], ["late", 2]]);
  });

  it("follows the report it is about", () => {
    const draft = foundFor("r1", "c1", NOW);
    expect([draft.kind, draft.after, draft.body]).toEqual(["cases.found", ["r1"], { case: "r1", campaign: "c1" }]);
  });
});
