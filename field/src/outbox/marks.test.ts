import { expect, test } from "vitest";
import { markOf, type Mark, type MarkFacts } from "./marks";

const own = { own: true, caseSeen: false, answered: false, mediaRefused: false };

/** The whole truth table: what is known, and the most that may be said. */
const TABLE: readonly [string, MarkFacts, Mark][] = [
  ["nothing came back", { ...own, verdict: null, mediaComplete: true }, "phone"],
  ["nothing came back, sound up by other ways", { ...own, verdict: null, mediaComplete: false }, "phone"],
  ["nothing came back, though the case is seen", { ...own, verdict: null, mediaComplete: true, caseSeen: true }, "phone"],
  ["parked", { ...own, verdict: "parked", mediaComplete: true }, "phone"],
  ["text received, sound not", { ...own, verdict: "received", mediaComplete: false }, "text_received"],
  ["text applied, sound not", { ...own, verdict: "applied", mediaComplete: false, caseSeen: true }, "text_received"],
  ["text received, a photo refused for good", { ...own, verdict: "applied", mediaComplete: false, mediaRefused: true }, "part_refused"],
  ["all received", { ...own, verdict: "received", mediaComplete: true }, "received"],
  ["all applied", { ...own, verdict: "applied", mediaComplete: true, caseSeen: true }, "received"],
  ["refused", { ...own, verdict: "refused", mediaComplete: true }, "refused"],
  ["refused, sound not", { ...own, verdict: "refused", mediaComplete: false }, "refused"],
  ["answered", { ...own, verdict: "applied", mediaComplete: true, caseSeen: true, answered: true }, "answered"],
  ["from another phone", { own: false, mediaRefused: false, verdict: null, mediaComplete: true, caseSeen: true, answered: false }, "received"],
  ["from another phone, answered", { own: false, mediaRefused: false, verdict: null, mediaComplete: true, caseSeen: true, answered: true }, "answered"],
];

test.each(TABLE)("%s", (_, facts, mark) => {
  expect(markOf(facts)).toBe(mark);
});
