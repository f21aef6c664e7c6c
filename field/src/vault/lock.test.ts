import { expect, test, vi } from "vitest";
import { countUnsent } from "../outbox/unsent";
import { openTables } from "../store/schema";
import { Phone, sound } from "../testing/phone";
import { isPin, waitAfter } from "./pin";
import { Locked } from "./vault";

// Stretching a PIN is meant to be slow; a limit, never a wait.
vi.setConfig({ testTimeout: 60_000 });

const DAY = 86_400_000;
const PIN = "2580";

/** A phone in use: a family's ledger on it, a report said, a PIN chosen, then closed as after a night. */
async function closed(): Promise<Phone> {
  const phone = await Phone.enrolled();
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 1, data: { name: "才让" } });
  await phone.sync();
  await phone.report({ text: "said" });
  await phone.keypad.choosePin(PIN);
  await phone.restart();
  return phone;
}

const names = async (phone: Phone): Promise<unknown[]> => (await phone.storage.things("household")).map((one) => one.data["name"]);

async function wrongly(phone: Phone, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let index = 0; index < times; index++) answers.push(await phone.keypad.unlock("0000"));
  return answers;
}

test("a PIN has four to six digits", () => {
  expect(["123", "1234", "123456", "1234567", "12a4", ""].map(isPin)).toEqual([false, true, true, false, false, false]);
});

test("until a PIN is chosen the phone opens by itself", async () => {
  const phone = await Phone.enrolled();
  await phone.restart();
  expect(phone.storage.locked).toBe(false);
  expect(phone.keypad.facts).toMatchObject({ state: "open", hasPin: false });
});

test("a phone that stands open takes no tries", async () => {
  const phone = await closed();
  await phone.keypad.unlock(PIN);
  expect(await wrongly(phone, 12)).toEqual(Array.from({ length: 12 }, () => "open"));
  await phone.enrol("123456");
  expect(phone.keypad.facts.triesLeft).toBe(10);
});

test("closed, it reads nothing out, and still saves, counts and sends", async () => {
  const phone = await closed();
  expect(phone.keypad.facts).toMatchObject({ state: "pin", triesLeft: 10, wait: 0 });
  for (const read of [phone.storage.things("household"), phone.storage.thing("household", "h1"), phone.storage.commands(), phone.storage.drafts(), phone.storage.file("x")]) {
    await expect(read).rejects.toThrow(Locked);
  }
  expect((await phone.storage.state()).token).toBeNull();
  await phone.report({ text: "before any PIN", urgent: true }, [await sound(3000)]);
  expect(await countUnsent(phone.storage)).toBe(2);
  expect(await phone.sync()).toBe("done");
  expect(await countUnsent(phone.storage)).toBe(0);
  expect([...phone.server.tokens].at(-1)).toBe("push");
});

test("the PIN opens all of it, and what was said while it was closed", async () => {
  const phone = await closed();
  const spoken = await sound(3000);
  const report = await phone.report({ text: "while closed" }, [spoken]);
  expect(await phone.keypad.unlock(PIN)).toBe("open");
  expect(await names(phone)).toEqual(["才让"]);
  expect((await phone.storage.commands()).map((one) => one.body["text"])).toEqual(["said", "while closed"]);
  expect((await phone.storage.file(report.media[0]!))?.bytes).toEqual(spoken.bytes);
  expect((await phone.storage.state()).token).toBe("t1");
});

test("wrong PINs wait longer and longer; the tenth leaves only what is sealed to the county", async () => {
  const phone = await closed();
  expect(await wrongly(phone, 6)).toEqual(["wrong", "wrong", "wrong", "wrong", "wrong", "wait"]);
  expect(phone.keypad.facts.wait).toBe(60_000);
  expect(await phone.keypad.unlock(PIN)).toBe("wait");
  await phone.restart();
  expect(phone.keypad.facts.wait).toBe(60_000);
  const rest: string[] = [];
  for (let wrong = 5; wrong < 10; wrong++) {
    phone.time.ticks += waitAfter(wrong);
    rest.push(...(await wrongly(phone, 1)));
  }
  expect(rest).toEqual(["wrong", "wrong", "wrong", "wrong", "gone"]);
  expect(await phone.keypad.unlock(PIN)).toBe("gone");
  await phone.report({ text: "still heard" });
  expect(await phone.sync()).toBe("done");
  expect(phone.server.taken.size).toBe(2);
});

test.each([["forward", 1], ["back", -1]])("a clock set a year %s neither ends nor freezes the wait: it is served while the app runs, over restarts too", async (_, way) => {
  const phone = await closed();
  await wrongly(phone, 5);
  phone.time.now += way * 365 * DAY;
  expect(phone.keypad.facts.wait).toBe(60_000);
  phone.time.ticks += 40_000;
  expect(phone.keypad.facts.wait).toBe(20_000);
  await phone.keypad.serve();
  await phone.restart();
  expect(phone.keypad.facts.wait).toBe(20_000);
  phone.time.ticks += 20_000;
  expect(phone.keypad.facts.wait).toBe(0);
  phone.time.now -= way * 365 * DAY;
  expect(await phone.keypad.unlock(PIN)).toBe("open");
});

test("a wait an older app wrote as a time of day is as long as it ever was, and no longer", async () => {
  const phone = await closed();
  await wrongly(phone, 5);
  const tables = await openTables(phone.storage.name);
  const record = (await tables.get("vault", "vault"))!;
  await tables.put("vault", { ...record, wait: phone.time.now + 60_000 }, "vault");
  tables.close();
  await phone.restart();
  expect(phone.keypad.facts.wait).toBe(60_000);
});

test("a clock that leaps a year is looked at first: set right, nothing is lost; believed, the lease is over", async () => {
  const phone = await closed();
  phone.time.now += 365 * DAY;
  await phone.restart();
  expect(phone.keypad.facts.state).toBe("clock");
  expect(await phone.keypad.unlock(PIN)).toBe("wait");
  expect(phone.keypad.facts.triesLeft).toBe(10);
  await phone.report({ text: "said meanwhile" });
  phone.time.now -= 364 * DAY;
  expect(phone.keypad.facts.state).toBe("pin");
  expect(await phone.keypad.unlock(PIN)).toBe("open");
  expect(await names(phone)).toEqual(["才让"]);
  phone.keypad.close();
  phone.time.now += 364 * DAY;
  await phone.keypad.age(true);
  expect(phone.keypad.facts.state).toBe("lease");
});

test("an open phone whose clock leaps stays open, and a contact settles it", async () => {
  const phone = await closed();
  await phone.keypad.unlock(PIN);
  phone.time.now += 365 * DAY;
  await phone.keypad.age();
  expect(await names(phone)).toEqual(["才让"]);
  await phone.sync();
  phone.keypad.close();
  expect(phone.keypad.facts).toMatchObject({ state: "pin", daysLeft: 14 });
});

test("a right PIN forgives the wrong ones before it", async () => {
  const phone = await closed();
  await wrongly(phone, 4);
  expect(await phone.keypad.unlock(PIN)).toBe("open");
  await phone.restart();
  expect(phone.keypad.facts.triesLeft).toBe(10);
});

test("with the lease over the right PIN alone opens nothing; the county gives its share against the proof", async () => {
  const phone = await closed();
  phone.time.now += 15 * DAY;
  await phone.restart();
  expect(phone.keypad.facts.state).toBe("lease");
  phone.server.faults.push("cut");
  expect(await phone.keypad.unlock(PIN)).toBe("offline");
  expect(phone.keypad.facts.triesLeft).toBe(10);
  await phone.report({ text: "sealed" });
  expect(await phone.sync()).toBe("done");
  expect(phone.server.taken.size).toBe(2);
  expect(await phone.keypad.unlock("0000")).toBe("wrong");
  expect(await phone.keypad.unlock(PIN)).toBe("open");
  expect(await names(phone)).toEqual(["才让"]);
  await phone.restart();
  expect(phone.keypad.facts.state).toBe("pin");
});

test("each contact of the open phone begins the fourteen days anew", async () => {
  const phone = await closed();
  await phone.keypad.unlock(PIN);
  for (let week = 0; week < 5; week++) {
    phone.time.now += 7 * DAY;
    await phone.sync();
  }
  expect(phone.keypad.facts.daysLeft).toBe(14);
  phone.time.now += 14.5 * DAY;
  await phone.keypad.age();
  expect(phone.keypad.facts.state).toBe("lease");
  await expect(phone.storage.things("household")).rejects.toThrow(Locked);
});

test("where guessing at the county used the share up, only a new code helps, and reports still go", async () => {
  const phone = await closed();
  phone.time.now += 15 * DAY;
  await phone.restart();
  phone.server.shareGone = true;
  expect(await phone.keypad.unlock(PIN)).toBe("gone");
  expect(await phone.sync()).toBe("done");
  expect(phone.server.taken.size).toBe(1);
});

test("a forgotten PIN: a new code for the same person loses no report", async () => {
  const phone = await closed();
  await phone.report({ text: "unsent" });
  phone.server.shareGone = false;
  expect(await phone.enrol("123456")).toEqual({ store: "mulian-p1" });
  expect(phone.keypad.facts).toMatchObject({ state: "open", hasPin: false });
  await phone.sync();
  expect(phone.server.taken.size).toBe(2);
  expect(await names(phone)).toEqual(["才让"]);
  expect((await phone.storage.commands()).map((one) => one.id)).toEqual([...phone.server.taken.keys()]);
});

test("a new code on an open phone keeps its PIN and all it can read", async () => {
  const phone = await closed();
  await phone.keypad.unlock(PIN);
  await phone.enrol("123456");
  await phone.restart();
  expect(await phone.keypad.unlock(PIN)).toBe("open");
  expect((await phone.storage.commands()).map((one) => one.body["text"])).toEqual(["said"]);
});

test("a revoked phone that is closed hands in its reports and is wiped", async () => {
  const phone = await closed();
  const voice = await sound(5_000);
  await phone.report({ text: "voice" }, [voice]);
  phone.server.revoked = true;
  expect(await phone.sync()).toBe("wiped");
  expect(phone.server.taken.size).toBe(2);
  expect(await phone.storage.outgoing()).toEqual([]);
  expect(await phone.storage.things("household")).toEqual([]);
  expect(phone.keypad.facts).toMatchObject({ state: "open", hasPin: false });
});

test("the lease is asked for once a day, with the proof of the PIN", async () => {
  const phone = await closed();
  await phone.keypad.unlock(PIN);
  expect(phone.server.proof).toHaveLength(44);
  const asked = (): number => phone.server.leases;
  const before = asked();
  await phone.keypad.renew();
  expect(asked()).toBe(before);
  phone.time.now += DAY;
  await phone.keypad.renew();
  await phone.keypad.renew();
  expect(asked()).toBe(before + 1);
});
