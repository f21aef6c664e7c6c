import { expect, test } from "vitest";
import type { Thing } from "../store/storage";
import { Phone, sound, AT } from "../testing/phone";
import { reports } from "./cases/reports";
import { members, search } from "./households/household";
import { compose, hasContent, type Composition } from "./report/compose";

const NOTHING: Composition = { voice: null, photos: [], text: " ", place: null, household: null, urgent: false, hazard: null };
const household = (id: string, data: Record<string, unknown>): Thing => ({ kind: "household", id, rev: 1, round: 1, data });

test("nothing said is nothing to save; a picture of the danger is enough", () => {
  expect(hasContent(NOTHING)).toBe(false);
  expect(hasContent({ ...NOTHING, urgent: true, hazard: "snow" })).toBe(true);
});

test("a spoken report names its sound and photo by hash and leaves out what was not given", async () => {
  const voice = await sound(4_000);
  const photo = await sound(500, 9);
  const composition = { ...NOTHING, voice: { bytes: voice.bytes, mime: voice.mime, seconds: 2.1 }, photos: [photo.bytes], place: { lat: 33.7, lon: 99.9, accuracy: 8 } };
  const { draft, media } = await compose(composition, null, AT);
  expect(draft).toMatchObject({ kind: "cases.report", v: 1, after: [] });
  expect(draft.body).toEqual({
    voice: { sha256: voice.sha256, seconds: 2.1, mime: voice.mime }, photos: [{ sha256: photo.sha256, mime: "image/jpeg" }],
    place: { lat: 33.7, lon: 99.9, accuracy: 8 },
  });
  expect(media.map((part) => part.sha256)).toEqual([voice.sha256, photo.sha256]);
});

test("something added waits for its report", async () => {
  const { draft } = await compose({ ...NOTHING, text: "还有" }, "c1", AT);
  expect(draft).toMatchObject({ kind: "cases.add", after: ["c1"], body: { case: "c1", text: "还有" } });
});

test("a draft recording goes away only with the report that holds it", async () => {
  const phone = await Phone.fresh();
  for (const id of ["old", "new"]) await phone.storage.savePiece({ id, index: 0, mime: "audio/webm", seconds: 3, bytes: new ArrayBuffer(5) });
  await phone.report();
  await phone.restart();
  expect((await phone.storage.drafts()).map((one) => one.id)).toEqual(["new", "old"]);
  await phone.storage.append({ id: "c", kind: "cases.report", v: 1, at: "", after: [], body: {} }, [], "new");
  expect((await phone.storage.drafts()).map((one) => one.id)).toEqual(["old"]);
});

test("my report and the county's case are one line, also under another id", async () => {
  const phone = await Phone.fresh();
  phone.server.judge = () => ({ verdict: "applied", refs: { case: "case-9" } });
  const command = await phone.report({ text: "水断了" });
  phone.server.change({ op: "put", kind: "case", id: "case-9", rev: 1, data: { number: "GD-1", state: "answered", at: command.at, answer: { text: "已修好" } } });
  phone.server.change({ op: "put", kind: "case", id: "case-8", rev: 1, data: { number: "GD-0", state: "taken", at: "2026-01-01T00:00:00Z", text: "旧" } });
  await phone.sync();
  const list = await reports(phone.storage);
  expect(list.map((report) => [report.text, report.mark])).toEqual([["水断了", "answered"], ["旧", "received"]]);
});

test("households are found by name, number, member and syllable", () => {
  const list = [
    household("a", { name: "སྒྲོལ་མ་མཚོ", number: "GD-0012", members: [{ name: "བསོད་ནམས" }] }),
    household("b", { name: "才让", number: "GD-0013", members: [{ name: "卓玛" }] }),
  ];
  const found = (query: string): string[] => search(list, query).map((one) => one.id);
  expect([found("སྒྲོལམ"), found("0013"), found("༠༠༡༢"), found("卓玛"), found("བསོད་"), found("x"), found(" ")]).toEqual(
    [["a"], ["b"], ["a"], ["b"], ["a"], [], ["a", "b"]]);
  expect(members(household("c", { members: [{ name: "x", relation: "wife" }] }))[0]?.relation).toBe("");
});

test("a case another liaison reported has its voices, photos, proof and next clock; what was added here comes with it", async () => {
  const phone = await Phone.fresh();
  const theirs = { voices: [{ sha256: "a".repeat(64), seconds: 4 }, { sha256: "b".repeat(64), state: "part" }], photos: [{ sha256: "c".repeat(64) }], proof: [{ sha256: "d".repeat(64) }] };
  phone.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: { state: "taken", at: "2026-11-20T10:00:00Z", household: "h1", hazard: "snow", due: "2026-11-27T10:00+00:00", ...theirs } });
  await phone.sync();
  const voice = await sound(900, 3);
  const body = { case: "c1", voice: { sha256: voice.sha256, seconds: 2, mime: voice.mime } };
  await phone.storage.append({ id: "add-1", kind: "cases.add", v: 1, at: "2026-11-21T10:00:00Z", after: ["c1"], body }, [voice]);
  const [report] = await reports(phone.storage);
  expect(report?.voices.map((one) => [one.seconds, one.state])).toEqual([[2, null], [4, null], [0, "part"]]);
  expect([report?.photos.length, report?.proof.length, report?.due, report?.hazard, report?.household]).toEqual([1, 1, "2026-11-27T10:00+00:00", "snow", "h1"]);
  expect((await phone.storage.file(report!.voices[0]!.sha256))?.bytes.byteLength).toBe(900);
});
