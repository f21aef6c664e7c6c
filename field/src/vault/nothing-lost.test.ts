import fc from "fast-check";
import { expect, test } from "vitest";
import { Phone } from "../testing/phone";

const DAY = 86_400_000;
const PIN = "2580";

type Step = "report" | "sync" | "restart" | "close" | "right" | "wrong" | "day" | "weeks" | "new code" | "cut";
const step = fc.constantFrom<Step>("report", "report", "sync", "restart", "close", "right", "wrong", "day", "weeks", "new code", "cut");

async function take(phone: Phone, one: Step, said: string[]): Promise<void> {
  if (one === "report") said.push((await phone.report({ text: String(said.length) })).id);
  else if (one === "sync") await phone.sync().catch(() => undefined);
  else if (one === "restart") await phone.restart();
  else if (one === "close") phone.keypad.close();
  else if (one === "right") await phone.keypad.unlock(PIN);
  else if (one === "wrong") await phone.keypad.unlock("0000");
  else if (one === "day") phone.time.now += DAY;
  else if (one === "weeks") phone.time.now += 20 * DAY;
  else if (one === "new code") await phone.enrol("123456");
  else phone.server.faults.push("cut");
}

test("whatever is done to the lock, every report that was saved reaches the county once", async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
    const phone = await Phone.enrolled();
    await phone.keypad.choosePin(PIN);
    const said: string[] = [];
    for (const one of steps) await take(phone, one, said);
    phone.server.faults.length = 0;
    expect(await phone.sync()).toBe("done");
    expect([...phone.server.taken.keys()].sort()).toEqual([...said].sort());
    expect((await phone.storage.outgoing()).map((row) => row.id).sort()).toEqual([...said].sort());
  }), { numRuns: 15 });
}, 120_000);
