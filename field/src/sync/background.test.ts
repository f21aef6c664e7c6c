import { beforeEach, expect, test } from "vitest";
import { CarriedStore } from "../features/carry/shelf";
import { IndexedStorage } from "../store/indexed";
import { Phone, sound } from "../testing/phone";
import { sendAll, storesOf } from "./background";
import { NoAnswer, Transport } from "./transport";

let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
});

async function wake(): Promise<number> {
  const carried = await CarriedStore.open();
  const transport = new Transport(phone.server.fetch, "http://127.0.0.1/field/");
  return sendAll({ stores: () => storesOf(phone.people), transport, carried, exclusively: (work) => work(), removeApp: async () => void phone.removed++ })
    .finally(() => carried.close());
}

test("a closed, locked app sends its outbox, and pulls nothing", async () => {
  const voice = await sound(40_000);
  const command = await phone.report({ text: "x" }, [voice]);
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 1, data: {} });
  await phone.lock();
  expect(await wake()).toBe(0);
  expect([...phone.server.tokens]).toEqual(["push"]);
  expect(phone.server.taken.get(command.id)).toBe(command.wire);
  expect(phone.server.files.complete(voice.sha256)).toBeDefined();
  expect(await phone.storage.things("household")).toEqual([]);
  expect((await phone.storage.state()).cursor).toBeNull();
});

test("two people of one phone are both sent for; the failure of one does not stop the other", async () => {
  await phone.people.meet(null, "卓玛", "mulian");
  const other = await IndexedStorage.open((await phone.people.meet("p2", "才让", "mulian")).store);
  await phone.storage.setState({ token: "t1" });
  await phone.report({ text: "first" });
  await phone.lendTo(other);
  phone.server.faults.push("cut");
  await expect(wake()).rejects.toThrow(NoAnswer);
  expect(phone.server.taken.size).toBe(1);
  expect(await wake()).toBe(0);
  expect(phone.server.taken.size).toBe(2);
});

test("an unknown push token takes nothing from the person", async () => {
  await phone.report();
  await phone.lock();
  phone.server.known = false;
  expect(await wake()).toBe(1);
  expect(await phone.storage.state()).toMatchObject({ access: "ok", pushToken: "push" });
});

test("a revoked phone is emptied in the background too, after its reports have left", async () => {
  await phone.report();
  await phone.lock();
  phone.server.revoked = true;
  await wake();
  expect([phone.server.taken.size, phone.removed]).toEqual([1, 1]);
  await phone.restart();
  expect(await phone.storage.commands()).toEqual([]);
});
