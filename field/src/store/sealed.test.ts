import fc from "fast-check";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { expect, test } from "vitest";
import { DEVICE } from "../testing/fake-server";
import { AT, Phone, sound } from "../testing/phone";
import { first } from "./schema";
import { IndexedStorage } from "./indexed";

/** Everything that lies in all databases of the phone, as one text: in UTF-8 and as a dump of the strings. */
async function everything(): Promise<string> {
  const dumps: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await openDB(name!);
    for (const table of database.objectStoreNames) {
      for (const row of await database.getAll(table)) dumps.push(JSON.stringify(row, readable));
    }
    database.close();
  }
  return dumps.join("\n");
}

const readable = (_key: string, value: unknown): unknown =>
  value instanceof ArrayBuffer ? new TextDecoder("utf-8").decode(value) + new TextDecoder("utf-16le").decode(value.slice(value.byteLength % 2)) : value;

const CANARY = "canary-7f3a";

test("no word, name or token of anybody lies readable in any table", async () => {
  const phone = await Phone.enrolled();
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 1, data: { name: `${CANARY} 才让卓玛` } });
  await phone.sync();
  const voice = { ...(await sound(1000)), bytes: new TextEncoder().encode(`${CANARY} spoken`).buffer };
  const report = await phone.report({ text: `${CANARY} 桥断了`, household: "h1", voice: { sha256: voice.sha256 } }, [voice]);
  await phone.storage.savePiece({ id: "d", index: 0, mime: "audio/webm", seconds: 1, bytes: new TextEncoder().encode(`${CANARY} half said`).buffer });
  await phone.storage.keepFile({ sha256: "f", mime: "audio/webm", bytes: new TextEncoder().encode(`${CANARY} answered`).buffer });
  const found = await everything();
  expect(found).toContain(report.id);
  for (const secret of [CANARY, "才让", "桥断了", '"t1"', voice.sha256]) expect(found).not.toContain(secret);
  expect((await phone.storage.commands())[0]?.body).toEqual({ text: `${CANARY} 桥断了`, household: "h1", voice: { sha256: report.media[0] } });
  expect((await phone.storage.drafts())[0]?.parts).toEqual([new TextEncoder().encode(`${CANARY} half said`).buffer]);
  expect((await phone.storage.file("f"))?.bytes.byteLength).toBe(`${CANARY} answered`.length);
});

test("only the county opens what travels: the command with its token, the sound with its maker", async () => {
  const phone = await Phone.enrolled();
  const voice = await sound(2000);
  const report = await phone.report({ text: "桥断了", voice: { sha256: voice.sha256 } }, [voice]);
  const wire = JSON.parse(report.wire) as { from: string; sealed: { kid: string; box: string } };
  expect(Object.keys(wire)).toEqual(["id", "seq", "from", "sealed"]);
  expect([wire.from, wire.sealed.kid]).toEqual([DEVICE, "k"]);
  const inside = JSON.parse(new TextDecoder().decode(await phone.server.open(Uint8Array.from(atob(wire.sealed.box), (char) => char.charCodeAt(0)).buffer)));
  expect(inside).toMatchObject({ id: report.id, kind: "cases.report", token: "push", body: { text: "桥断了", voice: { sha256: report.media[0] } } });
  const box = await phone.storage.media(report.media[0]!);
  expect(box?.sealed).toBe("k");
  const opened = new Uint8Array(await phone.server.open(box!.bytes));
  expect([...opened.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")).toBe(DEVICE.replaceAll("-", ""));
  expect(opened.slice(16)).toEqual(new Uint8Array(voice.bytes));
  expect((await phone.storage.file(report.media[0]!))?.bytes).toEqual(voice.bytes);
});

test("any body comes back to its writer as it was, sent or unsent, after any restart", async () => {
  const phone = await Phone.enrolled();
  await fc.assert(fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"), fc.jsonValue()), async (body) => {
    const wanted = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
    const { id } = await phone.report(wanted);
    if (Object.keys(wanted).length % 2) await phone.restart();
    expect((await phone.storage.commands()).find((one) => one.id === id)?.body).toEqual(wanted);
  }), { numRuns: 20 });
});

/** The database as the first release left it. */
async function versionOne(): Promise<void> {
  const database = await openDB("mulian", 1, { upgrade: (one) => first(one as never) });
  const command = { id: "0199b1f0-0000-7000-8000-000000000001", seq: 7, kind: "cases.report", v: 1, at: "2026-11-20T10:00:00+08:00", after: [], body: { text: "旧" } };
  const wire = JSON.stringify(command);
  await database.put("outbox", { ...command, wire, media: ["m1"], urgent: false });
  await database.put("media", { sha256: "m1", mime: "audio/webm", bytes: new ArrayBuffer(3) });
  await database.put("things", { kind: "household", id: "h1", rev: 3, round: 2, data: { name: "才让" } });
  await database.put("files", { sha256: "f1", mime: "audio/webm", bytes: new ArrayBuffer(4) });
  await database.put("drafts", { id: "d1", mime: "audio/webm", seconds: 2, parts: [new ArrayBuffer(5)] });
  await database.put("state", { access: "ok", token: "t1", device: DEVICE, person: { name: "卓玛", language: "bo" }, round: 2, cursor: "c", epoch: "epoch-1", cold: false }, "phone");
  await database.put("state", 7, "seq");
  database.close();
}

test("a phone of the first release keeps its outbox byte for byte, and everything it could show", async () => {
  const phone = await Phone.blank();
  phone.storage.close();
  globalThis.indexedDB = new IDBFactory();
  await versionOne();
  const storage = await IndexedStorage.open("mulian", { now: () => AT.getTime(), ticks: () => 0, rounds: async () => 1000 });
  const [row] = await storage.outgoing();
  expect(row?.wire).toBe('{"id":"0199b1f0-0000-7000-8000-000000000001","seq":7,"kind":"cases.report","v":1,"at":"2026-11-20T10:00:00+08:00","after":[],"body":{"text":"旧"}}');
  expect((await storage.commands())[0]?.body).toEqual({ text: "旧" });
  expect(await storage.thing("household", "h1")).toEqual({ kind: "household", id: "h1", rev: 3, round: 2, data: { name: "才让" } });
  expect((await storage.file("f1"))?.bytes.byteLength).toBe(4);
  expect((await storage.file("m1"))?.bytes.byteLength).toBe(3);
  expect((await storage.drafts())[0]?.parts[0]?.byteLength).toBe(5);
  expect(await storage.state()).toMatchObject({ token: "t1", pushToken: null, cursor: "c", round: 2 });
  const found = await everything();
  for (const secret of ["才让", '"t1"']) expect(found).not.toContain(secret);
  storage.close();
});

test("a phone of the first release saves openly until the county told it its key, then seals; the old bytes go as they were", async () => {
  const phone = await Phone.blank();
  phone.storage.close();
  globalThis.indexedDB = new IDBFactory();
  await versionOne();
  phone.storage = await IndexedStorage.open("mulian", { now: () => phone.time.now, ticks: () => 0, rounds: async () => 1000 });
  const before = await phone.report({ text: "offline after the update" });
  expect(JSON.parse(before.wire)).toMatchObject({ seq: 8, kind: "cases.report" });
  await phone.keypad.renew();
  expect(await phone.storage.state()).toMatchObject({ pushToken: "push", serverKey: { kid: "k" } });
  const after = await phone.report({ text: "sealed" });
  expect(Object.keys(JSON.parse(after.wire) as object)).toEqual(["id", "seq", "from", "sealed"]);
  await phone.sync();
  expect([...phone.server.taken.values()]).toEqual((await phone.storage.outgoing()).map((one) => one.wire));
  expect(phone.server.taken.size).toBe(3);
});
