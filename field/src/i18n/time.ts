/** Times in words. Days are those of the phone; Tibetan dates are written out, as no library does it right. */
import { translate, type Language } from "./translate";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, up to six days; then the date. A time in the future (a wrong clock) is "just now". */
export function ago(language: Language, at: string, now: Date): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  const passed = now.getTime() - then.getTime();
  if (passed < MINUTE) return translate(language, "time.now");
  if (passed < HOUR) return translate(language, "time.minutes", { n: Math.floor(passed / MINUTE) });
  if (passed < DAY) return translate(language, "time.hours", { n: Math.floor(passed / HOUR) });
  if (passed < 7 * DAY) return translate(language, "time.days", { n: Math.floor(passed / DAY) });
  return translate(language, "time.date", { y: then.getFullYear(), m: then.getMonth() + 1, d: then.getDate() });
}

/** Date and time of day for a step of a case. */
export function moment(language: Language, at: string): string {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? "" : `${day(language, at)} ${clock(then.getHours())}:${clock(then.getMinutes())}`;
}

/** The date alone. */
export function day(language: Language, at: string): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  return translate(language, "time.date", { y: then.getFullYear(), m: then.getMonth() + 1, d: then.getDate() });
}

/** A length of sound as m:ss. */
export function duration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${clock(Math.floor(seconds % 60))}`;
}

const clock = (value: number): string => String(value).padStart(2, "0");
