import { expect, test } from "vitest";
import { isBehind, knownTime } from "./clock";

const NOW = new Date("2026-11-21T12:00:00+08:00");

test.each([
  [0, null], [9, null], [-10, null], [11, "2026-11-21T04:11:00.000Z"], [-180, "2026-11-21T01:00:00.000Z"], [525_600, "2027-11-21T04:00:00.000Z"],
])("%s minutes behind the county", (off, time) => {
  expect(knownTime(off, NOW)).toBe(time);
});

test.each([
  [null, false], ["2026-11-21T11:00:00+08:00", false], ["2026-11-21T12:09:00+08:00", false],
  ["2026-11-21T12:11:00+08:00", true], ["2027-01-01T00:00:00+08:00", true],
])("a clock that shows noon, when the county last said %s, is behind: %s", (heard, behind) => {
  expect(isBehind(heard, NOW)).toBe(behind);
});
