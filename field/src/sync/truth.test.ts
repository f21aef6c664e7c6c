/** No run of faults makes a phone say "received" of something the county does not hold whole. Cases: TRUTH_RUNS (500). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { reports } from "../features/cases/reports";
import { countUnsent } from "../outbox/unsent";
import type { Fault } from "../testing/fake-server";
import { Phone, sound } from "../testing/phone";

const RUNS = Number(process.env["TRUTH_RUNS"] ?? 500);

type Step =
  | { readonly do: "report"; readonly size: number; readonly urgent: boolean }
  | { readonly do: "sync"; readonly faults: readonly Fault[]; readonly hurried: number }
  | { readonly do: "die" }
  | { readonly do: "lose part" }
  | { readonly do: "lock" }
  | { readonly do: "restore"; readonly forget: number };

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 5, arbitrary: fc.constant("none" as const) },
  fc.constantFrom<Fault>("cut", "lost-reply", "half-body", "garbled", "portal", "portal-json", "portal-redirect", "twice"),
  fc.constantFrom({ status: 503, retryAfter: 5 }, { status: 507, code: "disk_full" }, { status: 423, code: "files.busy" }, { status: 502 }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("report" as const), size: fc.constantFrom(0, 700, 20_000, 100_000), urgent: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("sync" as const), faults: fc.array(fault, { maxLength: 12 }), hurried: fc.constantFrom(0, 0, 3) }) },
  { weight: 2, arbitrary: fc.constant({ do: "die" as const }) },
  fc.constant({ do: "lose part" as const }),
  fc.constant({ do: "lock" as const }),
  fc.record({ do: fc.constant("restore" as const), forget: fc.nat(3) }),
);

/** Every mark that says the county has it is proved by what the county has, or had before a restore. */
async function proved(phone: Phone): Promise<void> {
  const { ever, files } = phone.server;
  const commands = new Map((await phone.storage.commands()).map((one) => [one.id, one]));
  for (const report of await reports(phone.storage)) {
    if (!["received", "text_received", "answered"].includes(report.mark)) continue;
    const command = commands.get(report.id)!;
    expect(ever.get(report.id)).toBe(command.wire);
    if (report.mark === "received") for (const name of command.media) expect(files.ever.has(name)).toBe(true);
  }
}

async function take(phone: Phone, one: Step, count: number): Promise<void> {
  const { server } = phone;
  if (one.do === "report") await phone.report({ text: `${count}`, urgent: one.urgent }, one.size ? [await sound(one.size, count)] : []);
  if (one.do === "die") await phone.restart();
  if (one.do === "lose part") server.files.losePart();
  if (one.do === "lock") await phone.lock();
  if (one.do === "restore") server.restore([...server.taken.keys()].slice(-one.forget || undefined));
  if (one.do !== "sync") return;
  server.faults.push(...one.faults);
  let asked = 0;
  await phone.sync(() => one.hurried > 0 && ++asked > one.hurried).catch(() => undefined);
  server.faults.length = 0;
}

test("random faults: 0 lost, 0 doubled, 0 false received", async () => {
  let marks = 0;
  await fc.assert(fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 3, maxLength: 16 }), async (sealing, steps) => {
    const phone = await (sealing ? Phone.enrolled() : Phone.fresh());
    for (const [index, one] of steps.entries()) {
      await take(phone, one, index);
      await proved(phone);
    }
    await phone.unlock();
    await phone.sync();
    await phone.sync();
    const commands = await phone.storage.commands();
    expect(await countUnsent(phone.storage)).toBe(0);
    expect([...phone.server.taken.keys()].sort()).toEqual(commands.map((command) => command.id).sort());
    for (const command of commands) {
      expect(phone.server.taken.get(command.id)).toBe(command.wire);
      for (const name of command.media) expect(phone.server.files.complete(name)).toBeDefined();
    }
    marks += commands.length;
    phone.storage.close();
  }), { numRuns: RUNS });
  expect(marks).toBeGreaterThan(RUNS);
}, 600_000);
