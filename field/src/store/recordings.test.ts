import { expect, test } from "vitest";
import { Phone } from "../testing/phone";
import { openTables } from "./schema";

const piece = (index: number, size = 2000) => ({ id: "d", index, mime: "audio/webm", seconds: index + 1, bytes: new Uint8Array(size).fill(index + 1).buffer });
const spoken = async (phone: Phone): Promise<number[][]> => (await phone.storage.drafts()).map((draft) => draft.parts.map((part) => new Uint8Array(part)[0]!));

/** What writing a recording put on the disk, in bytes. */
async function written(work: () => Promise<void>): Promise<number> {
  const tables = ["pieces", "recordings"] as const;
  let bytes = 0;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value: { bytes?: ArrayBuffer; parts?: ArrayBuffer[] }, key?: IDBValidKey) {
    if ((tables as readonly string[]).includes(this.name)) bytes += [value.bytes, ...(value.parts ?? [])].reduce((sum, part) => sum + (part?.byteLength ?? 0), 0);
    return put.call(this, value, key);
  };
  await work().finally(() => (IDBObjectStore.prototype.put = put));
  return bytes;
}

test("each second is written once: five minutes cost what they are long", async () => {
  const phone = await Phone.enrolled();
  const bytes = await written(async () => {
    for (let index = 0; index < 60; index++) await phone.storage.savePiece(piece(index));
  });
  expect(bytes).toBeGreaterThan(60 * 2000);
  expect(bytes).toBeLessThan(60 * 2200);
  await phone.restart();
  expect((await spoken(phone))[0]).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect((await phone.storage.drafts())[0]?.seconds).toBe(60);
});

test("pieces handed over without waiting keep their order; speaking again leaves nothing of before", async () => {
  const phone = await Phone.enrolled();
  await Promise.all([0, 1, 2, 3].map((index) => phone.storage.savePiece(piece(index, 100_000 - index * 30_000))));
  expect(await spoken(phone)).toEqual([[1, 2, 3, 4]]);
  await phone.storage.savePiece({ ...piece(0), bytes: new Uint8Array(9).fill(9).buffer });
  expect(await spoken(phone)).toEqual([[9]]);
});

test("saved as a report or thrown away, the pieces are gone, and of that recording only", async () => {
  const phone = await Phone.enrolled();
  for (const index of [0, 1]) await phone.storage.savePiece(piece(index));
  for (const index of [0, 1]) await phone.storage.savePiece({ ...piece(index), id: "other" });
  await phone.storage.append({ id: "0199b1f0-0000-7000-8000-000000000009", kind: "cases.report", v: 1, at: "2026-11-21T09:30:00+08:00", after: [], body: {} }, [], "d");
  expect((await phone.storage.drafts()).map((draft) => draft.id)).toEqual(["other"]);
  await phone.storage.dropDraft("other");
  expect(await phone.storage.drafts()).toEqual([]);
});

test("a recording that an app of the second version left whole is still there", async () => {
  const phone = await Phone.enrolled();
  const tables = await openTables(phone.storage.name);
  await tables.put("recordings", { id: "old", mime: "audio/webm", seconds: 2, parts: [await phone.storage.vault.sealOwn(new Uint8Array([7]).buffer)] });
  tables.close();
  expect(await spoken(phone)).toEqual([[7]]);
  await phone.storage.dropDraft("old");
  expect(await phone.storage.drafts()).toEqual([]);
});
