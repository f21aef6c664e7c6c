import fc from "fast-check";
import { expect, test } from "vitest";
import { reports } from "../features/cases/reports";
import type { Fault } from "../testing/fake-server";
import { Phone, sound } from "../testing/phone";
import { stamp } from "./command";
import { uuid7 } from "./uuid7";

test("ids are version 7, in order even when the clock goes back", () => {
  const ids = [1000, 1000, 500, 2000, 1999].map(uuid7);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
});

test("a moment keeps the phone's own offset", () => {
  expect(Date.parse(stamp(new Date("2026-11-21T01:30:00Z")))).toBe(Date.parse("2026-11-21T01:30:00Z"));
  expect(stamp(new Date())).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
});

test("sequence numbers go on after a restart, and a failed save leaves nothing behind", async () => {
  const phone = await Phone.fresh();
  const first = await phone.report();
  await expect(phone.storage.append(first, [await sound(10)])).rejects.toThrow();
  expect(await phone.storage.media((await sound(10)).sha256)).toBeUndefined();
  await phone.restart();
  expect((await phone.report()).seq).toBeGreaterThan(first.seq);
  expect(await phone.storage.outgoing()).toHaveLength(2);
});

test("a word on a case from elsewhere waits for no command this phone never sent", async () => {
  const phone = await Phone.fresh();
  const own = await phone.report();
  const foreign = uuid7(3000);
  const word = await phone.report({ case: foreign, solved: true }, [], [own.id, foreign]);
  expect(word.after).toEqual([own.id]);
  expect(JSON.parse(word.wire).after).toEqual([own.id]);
});

type Step = "report" | "voice" | "restart" | "sync" | Fault;
const step: fc.Arbitrary<Step> = fc.constantFrom<Step>(
  "report", "voice", "restart", "sync", "cut", "lost-reply", "portal", "portal-json", { status: 503 }, "restore" as Step,
);

test("whatever happens on the way: nothing lost, nothing doubled, no mark that is not true", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const phone = await Phone.fresh();
    const written: string[] = [];
    for (const one of steps) {
      if (one === "report") written.push((await phone.report({ text: String(written.length) })).id);
      else if (one === "voice") written.push((await phone.report({ text: "v" }, [await sound(20_000, written.length)])).id);
      else if (one === "restart") await phone.restart();
      else if (one === ("restore" as Step)) phone.server.restore([...phone.server.taken.keys()].slice(-1));
      else if (one !== "sync") phone.server.faults.push(one);
      if (one === "sync") {
        await phone.sync().catch(() => undefined);
        await expectTruth(phone);
      }
    }
    phone.server.faults.length = 0;
    expect(await phone.sync()).toBe("done");
    expect([...phone.server.taken.keys()].sort()).toEqual([...written].sort());
    expect((await reports(phone.storage)).map((report) => report.mark)).toEqual(written.map(() => "received"));
  }), { numRuns: 60 });
}, 60_000);

/** A restored server breaks promises it made before; the phone learns it at the next answer, so only then it is asked. */
async function expectTruth(phone: Phone): Promise<void> {
  if ((await phone.storage.state()).epoch !== phone.server.epoch) return;
  for (const report of await reports(phone.storage)) {
    if (report.mark === "phone") continue;
    expect(phone.server.taken.has(report.id)).toBe(true);
    if (report.mark === "received") for (const voice of report.voices) expect(phone.server.files.complete(voice.sha256)).toBeDefined();
  }
}
