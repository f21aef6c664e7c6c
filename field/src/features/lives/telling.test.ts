import { expect, test } from "vitest";
import type { Receipt, StoredCommand } from "../../outbox/command";
import type { Thing } from "../../store/storage";
import { isWhole, life, waiting, type Life } from "./telling";

const NOW = new Date("2026-11-22T10:00:00+08:00");
const BORN: Life = { why: "birth", on: "2026-11-20", name: " 合成新生 ", born: 2026, member: "", head: "" };
const DIED: Life = { why: "death", on: "2026-11-21", name: "", born: null, member: "m1", head: "" };
const FAMILY = { id: "h1", data: {} } as Thing;
const NAMES = new Map([["m1", "合成老人"]]);

test("who came has a name and a relation, who went an id", () => {
  expect(life("h1", BORN, NOW)).toMatchObject({
    kind: "households.life", v: 1, body: { household: "h1", what: "came", why: "birth", name: "合成新生", born: 2026, relation: "child", on: "2026-11-20" },
  });
  expect(life("h1", DIED, NOW).body).toEqual({ household: "h1", what: "went", why: "death", member: "m1", on: "2026-11-21" });
  expect(life("h1", { ...DIED, head: "m2" }, NOW).body).toMatchObject({ member: "m1", head: "m2" });
  expect(life("h1", { ...BORN, name: "", born: null }, NOW).body).toMatchObject({ name: "", born: 2026 });
});

test("where the head went, somebody heads the family then", () => {
  expect([isWhole(DIED, NOW), isWhole(DIED, NOW, true), isWhole({ ...DIED, head: "m2" }, NOW, true)]).toEqual([true, false, true]);
});

test.each<[Partial<Life>, boolean]>([
  [{}, true], [{ name: " " }, true], [{ why: "moved_in", name: " " }, false], [{ on: "2026-11-23" }, false], [{ on: "" }, false], [{ why: "moved_in", born: 1899 }, false], [{ why: "moved_in", born: 2027 }, false], [{ why: "moved_in", born: null }, true],
  [{ why: "death" }, false], [{ why: "death", member: "m1" }, true],
])("what is enough to save: %j", (part, whole) => {
  expect(isWhole({ ...BORN, ...part }, NOW)).toBe(whole);
});

const stored = (told: Life): StoredCommand => ({ ...life("h1", told, NOW) }) as unknown as StoredCommand;
const receipt = (verdict: string): Receipt => ({ verdict, message: "not so" }) as unknown as Receipt;

test("it stands there until the county's copy shows it; a refusal says why for an hour", () => {
  const [born, died] = [stored(BORN), stored(DIED)];
  const at = (receipts: [string, Receipt][], names = NAMES, now = NOW) =>
    waiting(FAMILY, names, [born, died], new Map(receipts), now).map((one) => [one.why, one.name, one.sent, one.refused]);
  expect(at([])).toEqual([["birth", " 合成新生 ".trim(), false, false], ["death", "合成老人", false, false]]);
  expect(at([[born.id, receipt("applied")]], new Map([...NAMES, [born.id, "合成新生"]]))).toEqual([["death", "合成老人", false, false]]);
  expect(at([[died.id, receipt("applied")]], new Map([[born.id, "x"]]))).toEqual([["birth", "合成新生", false, false]]);
  expect(at([[died.id, receipt("refused")]])[1]).toEqual(["death", "合成老人", true, true]);
  expect(at([[died.id, receipt("refused")]], NAMES, new Date(NOW.getTime() + 4_000_000))).toEqual([["birth", "合成新生", false, false]]);
});
