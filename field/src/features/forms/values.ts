/**
 * Values of XPath 1.0 (§3.2, §4) as JavaRosa has them: text, number, truth, or several of a repeat. A date is its text
 * YYYY-MM-DD; as a number it is the days since 1970-01-01. The same as domain/expressions/values.py, held by golden vectors.
 */

export type Plain = string | number | boolean;
/** A list: one value for each instance of a question in a repeat. */
export type Value = Plain | readonly Plain[];

const NUMBER = /^[ \t\r\n]*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})/;
const CLOCK = /^T(\d{2}):?(\d{2})?(?::?(\d{2}))?/;
const A_DAY = 86_400_000;

const isList = (value: Value): value is readonly Plain[] => Array.isArray(value);

/** NaN: not a number; an unanswered question is none. */
export function number(value: Value): number {
  if (isList(value)) return value.length ? number(value[0]!) : NaN;
  if (typeof value === "string") return NUMBER.test(value) ? Number(value) : days(value);
  return Number(value);
}

/** Days since 1970-01-01 of `YYYY-MM-DD`, with the part of the day of `YYYY-MM-DDTHH:MM…`; else NaN. */
export function days(said: string): number {
  const found = DAY.exec(said);
  if (!found || !isDay(said.slice(0, 10))) return NaN;
  const whole = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) / A_DAY;
  if (said.length === 10) return whole;
  const clock = CLOCK.exec(said.slice(10));
  return clock ? whole + (Number(clock[1]) * 3600 + Number(clock[2] ?? 0) * 60 + Number(clock[3] ?? 0)) / 86_400 : NaN;
}

/** Whether YYYY-MM-DD is a day of the calendar. */
export function isDay(said: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(said) && !said.startsWith("0000") && new Date(`${said}T00:00:00Z`).toJSON()?.slice(0, 10) === said;
}

/** The date of days since 1970-01-01, or of a text that is one; else empty. */
export function day(value: Value): string {
  const count = number(value);
  if (Number.isNaN(count) || !(-700_000 < count && count < 2_900_000)) return "";
  return new Date(Math.floor(count) * A_DAY).toISOString().slice(0, 10);
}

/** Whole numbers without a point; no exponents. */
export function text(value: Value): string {
  if (isList(value)) return value.length ? text(value[0]!) : "";
  return typeof value === "number" ? digits(value) : String(value);
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value)) return BigInt(value).toString();
  const found = String(value);
  return found.includes("e") ? value.toFixed(20).replace(/0+$/, "") : found;
}

/** A number other than 0 and NaN, a text that is not empty, a list that has something. */
export function truth(value: Value): boolean {
  return isList(value) ? value.length > 0 : Boolean(value);
}

/** One value: the first of several. */
export function plain(value: Value): Plain {
  return isList(value) ? (value[0] ?? "") : value;
}

/** Of several values one that fits is enough (XPath 1.0 §3.4). What is no number is smaller and greater than none. */
export function compare(operator: string, left: Value, right: Value): boolean {
  if (isList(left)) return left.some((each) => compare(operator, each, right));
  if (isList(right)) return right.some((each) => compare(operator, left, each));
  if (operator === "=" || operator === "!=") return equal(left, right) === (operator === "=");
  const [first, second] = [number(left), number(right)];
  if (operator === "<") return first < second;
  if (operator === "<=") return first <= second;
  return operator === ">" ? first > second : first >= second;
}

function equal(left: Plain, right: Plain): boolean {
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  if (typeof left === "number" || typeof right === "number") return number(left) === number(right);
  return left === right;
}
