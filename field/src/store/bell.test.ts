import { beforeEach, afterEach, expect, test, vi } from "vitest";
import { Bell } from "./bell";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first change is told at once, those of a moment together, and the last is never left out", () => {
  const bell = new Bell();
  let told = 0;
  bell.on(() => told++);
  bell.ring();
  expect(told).toBe(1);
  for (let index = 0; index < 40; index++) bell.ring();
  expect(told).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(told).toBe(2);
  bell.ring();
  expect(told).toBe(3);
  bell.close();
});

test("who stopped listening hears nothing, and a closed bell rings no more", () => {
  const bell = new Bell();
  let told = 0;
  const stop = bell.on(() => told++);
  bell.ring();
  bell.ring();
  stop();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(1);
  bell.on(() => told++);
  bell.ring();
  bell.ring();
  bell.close();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(2);
});
