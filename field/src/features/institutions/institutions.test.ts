import { beforeEach, expect, test } from "vitest";
import { AT, Phone } from "../../testing/phone";
import { checked, institutions, type Institution } from "./institutions";

const label = { zh: "消防" };
const data = {
  name: { zh: "合成小学" }, kind: { zh: "学校" }, capacity: 120, phone: "000-0007", inspects: true,
  checks: [{ code: "fire", label, done: "2026-10-01", sound: true, due: "2027-04-01" }, { code: "flood", label }, { code: "food", label, done: "2026-11-01", sound: false, due: "2027-01-01" }, { code: "old", label, done: "2025-11-21", sound: true, due: "2026-11-21" }],
};
let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
  phone.server.change({ op: "put", kind: "institution", id: "i0", rev: 1, data: { name: { zh: "合成卫生室" } } });
  phone.server.change({ op: "put", kind: "institution", id: "i1", rev: 1, data });
  await phone.sync();
});

const all = async (): Promise<Institution[]> =>
  institutions(await phone.storage.things("institution"), await phone.storage.commands(), await phone.storage.receipts(), AT);
const state = async (code: string): Promise<unknown[]> => {
  const check = (await all()).find((one) => one.id === "i1")!.checks.find((one) => one.code === code)!;
  return [check.done, check.sound, check.late, check.here];
};

test("what is due stands first: never made, not sound, or its day has come", async () => {
  expect((await all()).map((one) => [one.id, one.capacity, one.inspects])).toEqual([["i1", 120, true], ["i0", null, false]]);
  expect([await state("fire"), await state("flood"), await state("food"), await state("old")]).toEqual([
    ["2026-10-01", true, false, false], ["", false, true, false], ["2026-11-01", false, true, false], ["2025-11-21", true, true, false],
  ]);
});

test("a check told here shows at once, gives way to the county's word, and a refused one is as if never told", async () => {
  await phone.storage.append(checked("i1", "flood", true, AT), []);
  expect(await state("flood")).toEqual(["2026-11-21", true, false, true]);
  await phone.sync();
  phone.server.change({ op: "put", kind: "institution", id: "i1", rev: 1, data: { ...data, checks: [{ code: "flood", label, done: "2026-11-21", sound: true, due: "2027-05-21" }, data.checks[0]] } });
  await phone.sync();
  expect(await state("flood")).toEqual(["2026-11-21", true, false, false]);
  phone.server.judge = () => ({ verdict: "refused", code: "not_found" });
  await phone.storage.append(checked("i1", "fire", false, AT), []);
  await phone.sync();
  expect(await state("fire")).toEqual(["2026-10-01", true, false, false]);
});
