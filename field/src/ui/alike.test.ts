import { expect, test } from "vitest";
import { alike } from "./alike";

const bytes = new ArrayBuffer(2);

test.each([
  [1, 1, true], [1, 2, false], ["a", "a", true], [null, undefined, false], [Number.NaN, Number.NaN, true],
  [[1, { a: 2 }], [1, { a: 2 }], true], [[1], [1, 2], false], [[], {}, false], [{ a: 1 }, { a: 1, b: 2 }, false], [{ a: undefined }, { b: undefined }, false],
  [new Map([["a", { b: 1 }]]), new Map([["a", { b: 1 }]]), true], [new Map([["a", 1]]), new Map([["a", 2]]), false],
  [new Set(["a"]), new Set(["a"]), true], [new Set(["a"]), new Set(["b"]), false],
  [{ file: bytes }, { file: bytes }, true], [{ file: bytes }, { file: new ArrayBuffer(2) }, false], [new Date(1), new Date(1), false],
])("%o and %o", (a, b, same) => {
  expect([alike(a, b), alike(b, a)]).toEqual([same, same]);
});
