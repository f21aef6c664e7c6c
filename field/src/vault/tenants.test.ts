import { expect, test, vi } from "vitest";
import { FIRST_STORE, IndexedStorage } from "../store/indexed";
import { sendAll } from "../sync/background";
import { NOTHING_CARRIED } from "../sync/carried";
import { Transport } from "../sync/transport";
import { Phone } from "../testing/phone";
import { acquaint, partWith } from "./tenants";

// Stretching a PIN is meant to be slow; a limit, never a wait.
vi.setConfig({ testTimeout: 60_000 });

/** A phone of two people; the second one's store is open. */
async function shared(): Promise<Phone> {
  const phone = await Phone.enrolled();
  await phone.report({ text: "first" });
  await phone.keypad.choosePin("2580");
  phone.server.person = { id: "p2", name: "索南", language: "bo" };
  await phone.enrol("123456");
  return phone;
}

const stores = async (phone: Phone): Promise<string[]> => (await phone.people.all()).map((one) => one.store);

test("the other's reports go up though only one person has opened the phone", async () => {
  const phone = await shared();
  await phone.report({ text: "second" });
  const transport = new Transport(phone.server.fetch, "http://127.0.0.1/field/");
  const left = await sendAll({ stores: () => stores(phone), transport, carried: NOTHING_CARRIED, exclusively: (work) => work(), removeApp: async () => undefined });
  expect(left).toBe(0);
  expect(phone.server.taken.size).toBe(2);
});

test("neither sees anything of the other, and each PIN opens one store only", async () => {
  const phone = await shared();
  await phone.keypad.choosePin("147258");
  await phone.restart();
  expect(await phone.keypad.unlock("2580")).toBe("wrong");
  expect(await phone.keypad.unlock("147258")).toBe("open");
  expect(await phone.storage.commands()).toEqual([]);
  await phone.switchTo("mulian-p1");
  expect(await phone.keypad.unlock("2580")).toBe("open");
  expect((await phone.storage.commands()).map((one) => one.body["text"])).toEqual(["first"]);
});

test("one is revoked: their store goes, the other's stays, and the app with it", async () => {
  const phone = await shared();
  let removed = 0;
  await phone.storage.wipe();
  await partWith(phone.people, async () => void removed++);
  expect(await stores(phone)).toEqual(["mulian-p1"]);
  expect(removed).toBe(0);
  expect(await phone.people.current(FIRST_STORE)).toBe("mulian-p1");
  const other = await IndexedStorage.open("mulian-p1");
  expect(await other.outgoing()).toHaveLength(1);
  await other.wipe();
  other.close();
  await partWith(phone.people, async () => void removed++);
  expect([await stores(phone), removed]).toEqual([[], 1]);
});

test("a phone from before people were listed introduces its one person", async () => {
  const phone = await Phone.blank();
  await acquaint(phone.people, phone.storage);
  expect(await phone.people.all()).toEqual([]);
  await phone.storage.setState({ access: "ok", person: { name: "卓玛", language: "bo" } });
  await acquaint(phone.people, phone.storage);
  await acquaint(phone.people, phone.storage);
  expect(await phone.people.all()).toEqual([{ store: "mulian", id: null, name: "卓玛", picture: 0 }]);
});
