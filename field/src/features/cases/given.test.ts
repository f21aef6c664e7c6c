import { expect, test } from "vitest";
import type { Receipt, StoredCommand } from "../../outbox/command";
import type { Thing } from "../../store/storage";
import { givenRating } from "./given";

const [FIRST, SECOND] = ["2026-11-21T10:00:00+08:00", "2026-11-23T10:00:00+08:00"];
const thing = (answered: string, rating?: unknown): Thing => ({ kind: "case", id: "c", rev: 1, data: { answer: { at: answered }, ...(rating ? { rating } : {}) } }) as unknown as Thing;
const word = (body: object, heardAt: string | null, mark: "received" | "refused" = "received") => ({
  command: { kind: "cases.feedback", body } as unknown as StoredCommand, mark, receipt: heardAt ? ({ serverAt: heardAt } as Receipt) : null,
});

test.each([
  ["nothing was said", thing(FIRST), [], null],
  ["not sent yet", thing(FIRST), [word({ solved: false, stars: 2 }, null)], { solved: false, stars: 2 }],
  ["a voice nobody heard", thing(FIRST), [word({ voice: {} }, "2026-11-21T11:00:00+08:00")], { solved: null, stars: 0 }],
  ["refused", thing(FIRST), [word({ solved: true }, "2026-11-21T11:00:00+08:00", "refused")], null],
  ["another phone said it", thing(FIRST, { solved: true, stars: 4 }), [], { solved: true, stars: 4 }],
  ["of an earlier answer", thing(SECOND), [word({ solved: false }, "2026-11-21T11:00:00+08:00")], null],
  ["of this answer too", thing(SECOND), [word({ solved: false }, "2026-11-21T11:00:00+08:00"), word({ solved: true }, "2026-11-23T11:00:00+08:00")], { solved: true, stars: 0 }],
])("%s", (_, held, later, given) => {
  expect(givenRating({ thing: held, later })).toEqual(given);
});
