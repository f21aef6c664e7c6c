import fc from "fast-check";
import { expect, test } from "vitest";
import { daysLeft, isDoubtful, isOver, renewed, tick, UNLEASED } from "./lease";

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

test("however the clock jumps, no stretch of it counts twice, and a contact begins anew", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -400, max: 300 }), { maxLength: 20 }), (steps) => {
    let [lease, now, forward] = [renewed(AT), AT, 0];
    let [latest, reached] = [AT, AT];
    for (const hours of steps) {
      const from = now;
      now += hours * 3_600_000;
      if (now > latest) forward += now - Math.max(from, latest);
      else forward += Math.max(0, now - from);
      latest = Math.max(latest, now);
      reached = Math.max(reached, now);
      lease = tick(lease, now);
    }
    expect(lease.used).toBe(forward);
    expect(lease.used).toBeGreaterThanOrEqual(reached - AT);
    expect(isOver(renewed(now))).toBe(false);
  }));
});

test("a clock lost with the battery and set right again costs what passed, not the years between", () => {
  const lost = tick(renewed(AT), Date.parse("2020-01-01T00:00:00+08:00"));
  const hour = tick(lost, Date.parse("2020-01-01T01:00:00+08:00"));
  const right = tick(hour, AT + DAY);
  expect([right.used, isOver(right)]).toEqual([DAY + 3_600_000, false]);
});

test("a leap of more than two months counts only when somebody believes it", () => {
  const leapt = AT + 365 * DAY;
  expect(isDoubtful(renewed(AT), leapt)).toBe(true);
  expect(tick(renewed(AT), leapt)).toEqual(renewed(AT));
  expect(isOver(tick(renewed(AT), leapt, true))).toBe(true);
  expect(isDoubtful(renewed(AT), AT + 30 * DAY)).toBe(false);
  expect(isDoubtful(UNLEASED(AT), leapt)).toBe(false);
  const back = tick(renewed(AT), AT - 6 * 365 * DAY);
  expect(isDoubtful(back, AT - DAY)).toBe(false);
  expect(tick(back, AT - DAY).used).toBe(0);
});
