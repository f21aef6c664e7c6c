/** The functions of expressions that need nothing but their arguments. Characters are Unicode code points. */
import { day, number, plain, text, type Value } from "./values";

/** Characters; a longer answer fits no pattern. */
const LONGEST_ANSWER = 200;

const letters = (value: Value): string[] => [...text(value)];
const several = (value: Value): string[] => text(value).split(/\s+/).filter(Boolean);
const list = (value: Value): readonly Value[] => (Array.isArray(value) ? value : [value as Value]);
const numbers = (value: Value): number[] => list(value).map(number).filter((each) => !Number.isNaN(each));
const index = (value: Value): number => {
  const count = number(value);
  return Number.isNaN(count) ? 0 : Math.max(0, Math.trunc(Math.min(Math.max(count, -1e9), 1e9)));
};

function regex(value: Value, pattern: Value): boolean {
  const said = text(value);
  return [...said].length <= LONGEST_ANSWER && compiled(text(pattern)).test(said);
}

const made = new Map<string, RegExp>();

/** As Python reads it with `re.ASCII`: a space is one of ASCII; outside a class "-" needs no mark. */
function compiled(pattern: string): RegExp {
  const held = made.get(pattern);
  if (held) return held;
  let inside = false;
  const units = pattern.match(/\\[\s\S]|[\s\S]/gu) ?? [];
  const same = units.map((unit) => {
    if (unit === "[") inside = true;
    if (unit === "]") inside = false;
    if (unit === "\\s") return inside ? " \\t\\n\\r\\f\\v" : "[ \\t\\n\\r\\f\\v]";
    if (unit === "\\S" && !inside) return "[^ \\t\\n\\r\\f\\v]";
    if (unit === "." && !inside) return "[^\\n]";
    return unit === "\\-" && !inside ? "-" : unit;
  });
  const found = new RegExp(same.join(""), "u");
  made.set(pattern, found);
  return found;
}

/** From `start` (the first is 0) up to but without `end`. */
const substr = (value: Value, start: Value, end?: Value): string => letters(value).slice(index(start), end === undefined ? undefined : index(end)).join("");

/** Towards nought. */
const whole = (value: Value): number => Math.trunc(number(value));

/** Halves go up (XPath 1.0 §4.4); `places` behind the point. */
function rounded(value: Value, places: Value = 0): number {
  const [found, count] = [number(value), number(places)];
  const scale = 10 ** (Number.isNaN(count) ? 0 : Math.trunc(count));
  return Number.isFinite(found) ? Math.floor(found * scale + 0.5) / scale : found;
}

export const FUNCTIONS: Readonly<Record<string, (...values: Value[]) => Value>> = {
  selected: (all, one) => several(all!).includes(text(one!).trim()),
  "count-selected": (value) => several(value!).length,
  "string-length": (value) => letters(value!).length,
  regex: (value, pattern) => regex(value!, pattern!),
  coalesce: (first, second) => (text(first!) !== "" ? plain(first!) : plain(second!)),
  count: (values) => (Array.isArray(values) ? values.length : Number(text(values!) !== "")),
  sum: (values) => numbers(values!).reduce((one, other) => one + other, 0),
  min: (...values) => least(values.flatMap(numbers), Math.min),
  max: (...values) => least(values.flatMap(numbers), Math.max),
  int: (value) => whole(value!),
  round: (value, places) => rounded(value!, places),
  number: (value) => number(value!),
  string: (value) => text(value!),
  concat: (...values) => values.flatMap(list).map(text).join(""),
  contains: (value, part) => text(value!).includes(text(part!)),
  "starts-with": (value, part) => text(value!).startsWith(text(part!)),
  substr: (value, start, end) => substr(value!, start!, end),
  date: (value) => day(value!),
  "decimal-date-time": (value) => number(text(value!)),
  true: () => true,
  false: () => false,
};

const least = (all: readonly number[], of: (...each: number[]) => number): number => (all.length ? of(...all) : NaN);

