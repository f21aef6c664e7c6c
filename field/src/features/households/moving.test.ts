import { beforeEach, expect, test } from "vitest";
import type { Thing } from "../../store/storage";
import { AT, Phone } from "../../testing/phone";
import { campNow, camps, members } from "./household";
import { lastTold, move } from "./moving";

const CAMPS = [{ id: "c1", season: "summer", zh: "夏窝子", at: [33.9, 99.9] }, { id: "c2", season: "winter", zh: "冬窝子" }];
const data = { number: "204200-0001", name: "才让", camps: CAMPS, camp: { id: "c2", zh: "冬窝子" }, since: "2026-11-02" };

let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 3, data });
  await phone.sync();
});

const household = async (): Promise<Thing> => (await phone.storage.thing("household", "h1"))!;
const told = async (now = AT) => lastTold(await household(), await phone.storage.commands(), await phone.storage.receipts(), now);

test("moved today is one command, shown at once and before any network", async () => {
  await phone.storage.append(move("h1", "c1", AT), []);
  const [command] = await phone.storage.commands();
  expect(command).toMatchObject({ kind: "households.move", after: [], body: { household: "h1", to: "c1", kind: "camp" } });
  expect(await told()).toEqual({ camp: "c1", season: "", refused: false, message: "", sent: false });
  expect(campNow(await household())?.id).toBe("c2");
});

test("the county's own word takes over as soon as it says the same", async () => {
  await phone.storage.append(move("h1", "c1", AT), []);
  await phone.sync();
  expect(await told()).toMatchObject({ camp: "c1", sent: true });
  phone.server.change({ op: "patch", kind: "household", id: "h1", rev: 4, base: 3, data: { camp: { id: "c1", zh: "夏窝子" }, since: "2026-11-21" } });
  await phone.sync();
  expect(await told()).toBeNull();
  expect(campNow(await household())).toMatchObject({ id: "c1", since: "2026-11-21" });
});

test("leaving the camp names no place; of several the last counts", async () => {
  await phone.storage.append(move("h1", "c1", AT), []);
  await phone.storage.append(move("h1", null, AT), []);
  expect((await phone.storage.commands()).at(-1)?.body).not.toHaveProperty("to");
  expect(await told()).toMatchObject({ camp: null, refused: false });
});

test("a refusal is said with its reason, and forgotten after an hour", async () => {
  phone.server.judge = () => ({ verdict: "refused", code: "not_found", message: "这一户已不归你负责" });
  await phone.storage.append(move("h1", "c1", AT), []);
  await phone.sync();
  expect(await told()).toMatchObject({ refused: true, message: "这一户已不归你负责" });
  expect(await told(new Date(AT.getTime() + 2 * 3_600_000))).toBeNull();
});

test("what is missing is missing: no camp, no point, no phone", () => {
  const bare: Thing = { kind: "household", id: "x", rev: 1, round: 1, data: { members: [{ name: "卓玛", speaks_for: true, phone: "1" }, { name: "尼玛", relation: "wife" }] } };
  expect([campNow(bare), camps(bare)]).toEqual([null, []]);
  expect(members(bare).map((one) => [one.speaks, one.phone, one.relation])).toEqual([[true, "1", ""], [false, "", ""]]);
});
