/** Forms half filled in: on a phone whose store is older, after a kill, behind a lock. */
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { beforeEach, expect, test } from "vitest";
import { IDBFactory } from "fake-indexeddb";
import { Locked } from "../vault/vault";
import { CLOCKS, openAll } from "./opening";
import { first, sealed, spoken, type Tables } from "./schema";

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));

const draft = (id: string, rooms: number) => ({ id, said: { answers: { rooms } } });
const file = (name: string) => ({ draft: "d1", name, mime: "image/jpeg", bytes: new Uint8Array([1, 2]).buffer });

test("a phone of the third version keeps all it held and takes forms", async () => {
  const old = await openDB<Tables>("phone", 3, { upgrade: (database) => [first, sealed, spoken].forEach((make) => make(database)) });
  await old.put("outbox", { id: "c1", seq: 1, wire: "{}", media: [], urgent: false });
  old.close();
  const { database, forms, outbox } = await openAll("phone", CLOCKS);
  expect((await outbox.rows()).map(({ id }) => id)).toEqual(["c1"]);
  await forms.save(draft("d1", 3));
  expect(await forms.all()).toEqual([draft("d1", 3)]);
  database.close();
});

test("typed fast, only the last is written; its files go with it and leave another's alone", async () => {
  const { database, forms } = await openAll("phone", CLOCKS);
  await Promise.all([forms.save(draft("d1", 1)), forms.save(draft("d1", 12)), forms.save(draft("d1", 123)), forms.save(draft("d2", 7))]);
  await forms.saveFile(file("a.jpg"));
  await forms.saveFile({ ...file("b.jpg"), draft: "d2" });
  expect((await forms.all()).map(({ said }) => said["answers"])).toEqual([{ rooms: 123 }, { rooms: 7 }]);
  await forms.drop("d1");
  expect([(await forms.all()).map(({ id }) => id), await forms.files("d1"), (await forms.files("d2")).map(({ name }) => name)]).toEqual([["d2"], [], ["b.jpg"]]);
  database.close();
});

test("a locked store says nothing of them", async () => {
  const { database, forms, vault } = await openAll("phone", { ...CLOCKS, rounds: async () => 1000 });
  await forms.save(draft("d1", 1));
  await vault.choosePin("2580");
  vault.lock();
  await forms.save(draft("d1", 2));
  await expect(forms.all()).rejects.toThrow(Locked);
  await expect(forms.files("d1")).rejects.toThrow(Locked);
  database.close();
});
