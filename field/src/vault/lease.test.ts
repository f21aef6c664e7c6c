import fc from "fast-check";
import { expect, test } from "vitest";
import { daysLeft, isOver, renewed, tick, UNLEASED } from "./lease";

const DAY = 86_400_000;
const AT = Date.parse("2026-11-21T09:30:00+08:00");

test("fourteen days without contact, and no longer", () => {
  const lease = renewed(AT);
  expect(isOver(tick(lease, AT + 14 * DAY))).toBe(false);
  expect(isOver(tick(lease, AT + 14 * DAY + 1))).toBe(true);
  expect([0, 0.5, 13, 13.5, 20].map((days) => daysLeft(tick(lease, AT + days * DAY)))).toEqual([14, 14, 1, 1, 0]);
});

test("a share of one's own making does not run out", () => {
  expect(isOver(tick(UNLEASED(AT), AT + 400 * DAY))).toBe(false);
});

test("however the clock jumps back, only steps forward count, and a contact begins anew", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -400, max: 10 }), { maxLength: 20 }), (steps) => {
    let [lease, now, forward] = [renewed(AT), AT, 0];
    for (const hours of steps) {
      now += hours * 3_600_000;
      forward += Math.max(0, hours * 3_600_000);
      lease = tick(lease, now);
    }
    expect(lease.used).toBe(forward);
    expect(isOver(renewed(now))).toBe(false);
  }));
});
