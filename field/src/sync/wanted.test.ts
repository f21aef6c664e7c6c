import { beforeEach, expect, test } from "vitest";
import type { Clip, Thing } from "../store/storage";
import { Phone, sound } from "../testing/phone";
import { fetchNow } from "./answers";
import { Transport } from "./transport";
import { toDrop, toFetch, VOICES_A_RUN, type Held } from "./wanted";

const NOW = new Date("2026-11-21T10:00:00+08:00");
const name = (n: number): string => n.toString(16).padStart(64, "0");
const day = (n: number): string => new Date(NOW.getTime() - n * 86_400_000).toISOString();
const one = (id: string, data: Record<string, unknown>): Thing => ({ kind: "case", id, rev: 1, round: 1, data });
const clip = (code: string, n: number, size = 1000): Clip => ({ code, title: code, icon: "snow", files: { bo: { sha256: name(n), mime: "audio/ogg", size } } });
const held = (patch: Partial<Held>): Held => ({
  cases: [], tasks: [], households: [], clips: [], fetched: new Set(), own: new Set(), language: "bo", sparing: false, now: NOW, ...patch,
});
const order = (patch: Partial<Held>): number[] => toFetch(held(patch)).map((wanted) => Number.parseInt(wanted.sha256, 16));

const CASES = [
  one("old", { at: day(60), state: "answered", answer: { voice: { sha256: name(1), seconds: 9 } }, voices: [{ sha256: name(2) }] }),
  one("new", { at: day(1), state: "taken", voices: [{ sha256: name(3) }, { sha256: name(4), state: "part" }, { sha256: name(5), state: "refused" }] }),
  one("closed", { at: day(2), state: "closed", voices: [{ sha256: name(6) }] }),
  one("mine", { at: day(3), state: "reported", voices: [{ sha256: name(7) }] }),
];

test("answers first, then pictures, then what others said lately, then clips; never what this phone recorded", () => {
  const households = [one("h", { picture: name(20) }), one("i", { picture: "tent" })];
  expect(order({ cases: CASES, households, clips: [clip("a", 30)], own: new Set([name(7)]) })).toEqual([1, 20, 3, 4, 30]);
});

test("on a dear line only answers come by themselves", () => {
  expect(order({ cases: CASES, clips: [clip("a", 30)], sparing: true })).toEqual([1]);
});

test("a run fetches so many originals; the next goes on", () => {
  const many = Array.from({ length: 40 }, (_, n) => one(`c${n}`, { at: day(n / 10), state: "taken", voices: [{ sha256: name(100 + n) }] }));
  const first = order({ cases: many });
  expect(first).toEqual(Array.from({ length: VOICES_A_RUN }, (_, n) => 100 + n));
  expect(order({ cases: many, fetched: new Set(first.map(name)) })[0]).toBe(100 + VOICES_A_RUN);
});

test("clips stay within their bound, in the pack's order", () => {
  const mib = 1024 * 1024;
  expect(order({ clips: [clip("a", 1, 20 * mib), clip("b", 2, 3 * mib), clip("c", 3, 3 * mib)] })).toEqual([1, 2]);
});

test("what nothing names any more is dropped; what somebody pressed for stays with its case", () => {
  const fetched = new Set([2, 6, 30, 99].map(name));
  expect(toDrop(held({ cases: CASES, clips: [clip("a", 30)], fetched }))).toEqual([name(99)]);
});

let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
});

test("a voice of another liaison's report plays without network after the sync; it goes when the case goes", async () => {
  const voice = await sound(4_000, 5);
  const sha = await phone.server.files.give(voice.bytes, "audio/webm");
  phone.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: { state: "taken", at: phone.server.now, voices: [{ sha256: sha, seconds: 2 }] } });
  await phone.sync();
  expect((await phone.storage.file(sha))?.bytes.byteLength).toBe(4_000);
  phone.server.change({ op: "drop", kind: "case", id: "c1" });
  await phone.sync();
  expect(await phone.storage.file(sha)).toBeUndefined();
});

test("an old voice comes when somebody presses for it", async () => {
  const voice = await sound(3_000, 6);
  const sha = await phone.server.files.give(voice.bytes, "audio/webm");
  phone.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: { state: "closed", at: "2026-09-21T10:00:00+08:00", voices: [{ sha256: sha }] } });
  await phone.sync();
  expect(await phone.storage.file(sha)).toBeUndefined();
  const transport = new Transport(phone.server.fetch, "http://127.0.0.1/field/");
  expect(await fetchNow(phone.storage, transport, sha, 2)).toBe(true);
  await phone.sync();
  expect((await phone.storage.file(sha))?.bytes.byteLength).toBe(3_000);
});

const GUIDE = { code: "632623", name: { zh: "甘德县" }, hazards: [{ code: "snow", icon: "snow", name: "雪" }], places: [{ code: "632623100", level: "township", zh: "柯曲镇", at: [33.9, 99.9] }, { code: "x" }], clips: [] };

test("the guide is asked for once a day and costs nothing when nothing is new", async () => {
  phone.server.guide = GUIDE;
  await phone.sync();
  await phone.sync();
  expect(phone.server.guides).toEqual({ sent: 1, unchanged: 0 });
  expect((await phone.storage.state()).pack?.places?.map((place) => place.code)).toEqual(["632623100"]);
  phone.server.now = "2026-11-22T11:00:00+08:00";
  await phone.sync();
  await phone.sync();
  expect(phone.server.guides).toEqual({ sent: 1, unchanged: 1 });
});

test("a liaison who serves another area gets that area's guide at once", async () => {
  phone.server.guide = GUIDE;
  await phone.sync();
  phone.server.change({ op: "put", kind: "me", id: "p1", rev: 1, data: { areas: [{ code: "632623204201G001", name: "x" }] } });
  await phone.sync();
  expect((await phone.storage.state()).guide?.area).toBe("632623204201G001");
});

test("a task's spoken words come before everything, also on a costly line, and go with the task", () => {
  const task = { ...one("t", { voice: { sha256: name(9), seconds: 5 } }), kind: "task" };
  const answered = one("c", { at: day(0), answer: { voice: { sha256: name(1), seconds: 2 } } });
  expect(order({ tasks: [task], cases: [answered], sparing: true })).toEqual([9, 1]);
  expect(toDrop(held({ tasks: [task], fetched: new Set([name(9), name(8)]) }))).toEqual([name(8)]);
});
