/** A phone laid aside closes by itself. What is being said then is finished first: the recorder needs no key. */
import type { Lock } from "./lock";

/** Long enough for a call or a photo, short enough for a phone left on a table. */
export const AWAY_MILLIS = 5 * 60_000;
const COUNT_MILLIS = 10 * 60_000;

export function closeWhenAway(lock: Lock): void {
  let left: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") {
      left = Date.now();
      timer = setTimeout(() => lock.close(), AWAY_MILLIS);
      void lock.serve();
    } else {
      // Timers sleep with the phone, so the time away is looked at again on coming back.
      if (left !== null && Math.abs(Date.now() - left) > AWAY_MILLIS) lock.close();
      left = null;
      void lock.age();
    }
  });
  setInterval(() => void lock.age(), COUNT_MILLIS);
}
