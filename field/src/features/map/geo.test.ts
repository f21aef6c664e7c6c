import { expect, test } from "vitest";
import type { Thing } from "../../store/storage";
import { bearing, direction, metres, plane, roundLength, type Spot } from "./geo";
import { points, seenFrom } from "./points";

const GANDE: Spot = [33.96865, 99.90097];

test.each([
  [[34.96865, 99.90097], 111_195, "n"], [[33.96865, 100.90097], 92_214, "e"], [[33.76228, 100.25645], 40_005, "se"], [[33.83333, 99.66667], 26_354, "sw"],
] as [Spot, number, string][])("from the county town to %j", (to, away, towards) => {
  expect(Math.abs(metres(GANDE, to) - away)).toBeLessThan(away / 500);
  expect(direction(bearing(GANDE, to))).toBe(towards);
});

test("a way and its return are opposite, and as long", () => {
  const there: Spot = [33.5, 100.4];
  expect(metres(GANDE, there)).toBeCloseTo(metres(there, GANDE), 3);
  const turned = ((bearing(GANDE, there) - bearing(there, GANDE)) * Math.PI) / 180;
  expect(Math.cos(turned)).toBeCloseTo(-1, 3);
});

test("the plane keeps distances over a county to a thousandth", () => {
  const there: Spot = [33.3, 100.6];
  const { x, y } = plane(there, GANDE);
  expect(Math.hypot(x, y) / metres(GANDE, there)).toBeCloseTo(1, 2);
  expect([x > 0, y > 0]).toEqual([true, true]);
});

test.each([[999, 500], [1000, 1000], [4999, 2000], [52_000, 50_000], [7, 5]])("a bar of at most %i m is %i m", (most, length) => {
  expect(roundLength(most)).toBe(length);
});

const household: Thing = {
  kind: "household", id: "h", rev: 1, round: 1,
  data: { name: "才让", camp: { id: "c2", zh: "冬窝子" }, camps: [{ id: "c1", season: "summer", zh: "夏窝子", at: [33.9, 99.9] }, { id: "c2", season: "winter", zh: "冬窝子", at: [33.97, 99.91] }, { id: "c3", zh: "无点" }] },
};

test("camps with a point and known places, nearest first, the one in use marked", () => {
  const all = points([household], [{ code: "632623100", level: "township", at: GANDE }]);
  const seen = seenFrom(all, GANDE);
  expect(seen.map((one) => [one.id, one.here, one.towards])).toEqual([["632623100", false, "n"], ["h/c2", true, "e"], ["h/c1", false, "s"]]);
  expect(seenFrom(all, null).map((one) => [one.id, one.away])).toEqual([["h/c1", null], ["h/c2", null], ["632623100", null]]);
});
