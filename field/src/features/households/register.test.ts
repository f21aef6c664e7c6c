import { beforeEach, expect, test } from "vitest";
import { AT, Phone } from "../../testing/phone";
import { campHere, seasonOf } from "./camping";
import { asked, corrected, correction, keyOf, readNumber, worded, type Corrected } from "./correcting";
import { withWords } from "./catalogue";
import { toAsk, withTold } from "./adding";
import { fittings } from "./fittings";
import { camps, members } from "./household";
import { named } from "../../i18n/translate";
import { lastTold, move } from "./moving";
import { isPast } from "./papers";
import { groups, needs, papers, type Item } from "./register";

const label = { "zh-Hans": "牦牛", zh: "牦牛", bo: "གཡག" };
const yaks = { code: "yaks", label, value: 40, unit: "头", group: "herd", group_label: { zh: "牲畜" }, member: null, as_of: "2025-06-01", stale: true };
const school = { code: "at_school", label: { zh: "在校" }, value: true, unit: "", group: "school", group_label: { zh: "上学" }, member: "m1", as_of: "2026-09-01", stale: false };
const fuel = { code: "fuel", label: { zh: "燃料" }, value: "dung", unit: "", group: "herd", group_label: { zh: "牲畜" }, member: null, as_of: "2026-09-01", stale: false };
const data = {
  name: "才让", members: [{ id: "m1", name: "卓玛" }], items: [yaks, school, fuel, { code: "odd", value: null }, "noise"],
  needs: [
    { id: "n1", code: "alone", label: { zh: "独居老人" }, since: "2026-01-05", until: null, plan: { what: "送煤", who: "村里", by: "2026-12-01" }, member: "m1" },
    { id: "n2", code: "low", label: { zh: "低收入" }, since: "2026-01-05", until: "2026-03-01", plan: null, member: null },
  ],
  documents: [
    { id: "d1", code: "booklet", label: { zh: "户口本" }, member: null, held: true, valid_to: null, seen: "2026-05-01" },
    { id: "d2", code: "id", label: { zh: "身份证" }, member: "m1", held: false, valid_to: null, seen: "2026-05-01" },
  ],
  camps: [{ id: "c1", area: "6326", name: { zh: "夏窝子" }, lat: 33.9, lon: 99.9, accuracy: 12, season: "summer", from: "2026-06-01", to: null, water: true, power: false, road: null }],
};

const BARE = { kind: "household", id: "h", rev: 1, round: 1 };
let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 3, data });
  await phone.sync();
});

const household = async () => (await phone.storage.thing("household", "h1"))!;
const items = async (): Promise<Item[]> => groups(await household(), AT).flatMap((group) => group.items);
const item = async (code: string): Promise<Item> => (await items()).find((one) => one.code === code)!;
const told = async (now = AT): Promise<Map<string, Corrected>> =>
  corrected(await household(), await items(), await phone.storage.commands(), await phone.storage.receipts(), now);

test("facts stand under their headings in the county's order; what is no fact is left out", async () => {
  expect(groups(await household(), AT).map((group) => [group.code, group.items.map((one) => one.code)])).toEqual([["herd", ["yaks", "fuel"]], ["school", ["at_school"]]]);
  expect(await item("yaks")).toEqual({ code: "yaks", label, value: 40, unit: "头", type: "", member: "", camp: "", asOf: "2025-06-01", stale: true, whole: false, choices: [] });
});

test("a phone without network sees a fact grow old", async () => {
  const words = { kind: "catalogue", id: "c", rev: 1, round: 1, data: { items: { at_school: { type: "yes_no", months: 2 }, fuel: { type: "count", months: 12 } } } };
  const read = groups(withWords(await household(), words), AT).flatMap((group) => group.items);
  expect(read.map((one) => [one.code, one.stale, one.whole])).toEqual(expect.arrayContaining([["at_school", true, false], ["fuel", false, true], ["yaks", true, false]]));
});

test("needs that ended are gone; missing papers stand first; a paper is valid to the end of its day", async () => {
  expect(needs(await household()).map((need) => [need.id, need.member, need.plan?.who])).toEqual([["alone m1", "m1", "村里"]]);
  expect(papers(await household()).map((paper) => [paper.id, paper.held])).toEqual([["id m1", false], ["booklet ", true]]);
  const paper = { ...papers(await household())[1]!, validTo: "2026-11-21" };
  expect([isPast(paper, new Date("2026-11-21T23:00:00")), isPast(paper, new Date("2026-11-22T00:00:01"))]).toEqual([false, true]);
});

test("a camp tells what is there, what is not, and nothing of what nobody said", async () => {
  expect(camps(await household())[0]).toMatchObject({ at: [33.9, 99.9], has: [{ what: "water", there: true }, { what: "power", there: false }] });
  const older = { ...(await household()), data: { camps: [{ id: "c1", zh: "夏窝子", at: [33.9, 99.9] }] } };
  expect(camps(older)[0]).toMatchObject({ at: [33.9, 99.9], has: [] });
});

test("a household without any of it shows none of it", () => {
  const bare = { kind: "household", id: "h", rev: 1, round: 1, data: { name: "索南" } };
  expect([needs(bare), papers(bare), groups(bare, AT), camps(bare)]).toEqual([[], [], [], []]);
});

test("what comes without words takes them from the catalogue, in the county's order", () => {
  const bare = {
    ...BARE,
    data: {
      items: [{ code: "fuel", value: "dung", as_of: "2026-09-01" }, { code: "yaks", value: 4, as_of: "2026-09-01" }, { code: "new", value: 1 }],
      needs: [{ id: "n", code: "alone", since: "2026-01-05" }], documents: [{ id: "booklet", code: "booklet", held: true, seen: "2026-05-01" }],
    },
  };
  const words = { ...BARE, kind: "catalogue", data: {
    groups: { herd: { zh: "牲畜" } }, needs: { alone: { zh: "独居老人" } }, documents: { booklet: { zh: "户口本" } },
    items: { yaks: { label, group: "herd", unit: { zh: "头" } }, fuel: { label: { zh: "燃料" }, group: "herd", choices: { dung: { zh: "牛粪" } } } },
  } };
  const told = withWords(bare, words);
  const [herd, other] = groups(told, AT);
  expect([herd?.label, herd?.items.map((one) => [one.code, one.label, one.unit, worded(one)])]).toEqual(
    [{ zh: "牲畜" }, [["yaks", label, { zh: "头" }, 4], ["fuel", { zh: "燃料" }, undefined, { zh: "牛粪" }]]],
  );
  expect(other?.items.map((one) => one.code)).toEqual(["new"]);
  expect([needs(told)[0]?.label, papers(told)[0]?.label]).toEqual([{ zh: "独居老人" }, { zh: "户口本" }]);
  expect(groups(withWords(bare, undefined), AT).flatMap((group) => group.items.map((one) => one.code))).toEqual(["fuel", "yaks", "new"]);
});

test("how a fact is asked for follows its value; a word only where the county names the choices", async () => {
  const chosen = { ...(await item("fuel")), choices: [{ code: "dung", name: { zh: "牛粪" } }] };
  expect(asked(await item("yaks"))).toEqual({ by: "number" });
  expect(asked(await item("at_school"))).toEqual({ by: "yes_no" });
  expect([asked(await item("fuel")), asked(chosen)?.by]).toEqual([null, "choice"]);
  expect([worded(chosen), worded(await item("fuel"))]).toEqual([{ zh: "牛粪" }, "dung"]);
});

test.each([["41", 41], ["༤༡", 41], ["1,5", 1.5], ["", null], ["-3", null], ["4x", null], ["999999999", null]])("the number %s", (typed, value) => {
  expect(readNumber(typed, false)).toBe(value);
  expect(readNumber(typed, true)).toBe(typed.includes(",") ? null : value);
});

test("a correction is one command; the new value shows at once, and until the county says the same", async () => {
  await phone.storage.append(correction("h1", await item("yaks"), 43, AT), []);
  const [command] = await phone.storage.commands();
  expect(command).toMatchObject({ kind: "households.update", v: 1, body: { household: "h1", items: [{ code: "yaks", value: 43, member: null, as_of: "2026-11-21" }] } });
  expect((await told()).get(keyOf(await item("yaks")))).toMatchObject({ value: 43, asOf: "2026-11-21", sent: false, refused: false });
  await phone.sync();
  expect((await told()).get(keyOf(await item("yaks")))).toMatchObject({ value: 43, sent: true });
  phone.server.change({ op: "patch", kind: "household", id: "h1", rev: 4, base: 3, data: { items: [{ ...yaks, value: 43, as_of: "2026-11-21", stale: false }] } });
  await phone.sync();
  expect([...(await told())]).toEqual([]);
});

test("a member's fact is theirs alone; the last of several counts; a refusal is told for an hour", async () => {
  await phone.storage.append(correction("h1", await item("at_school"), false, AT), []);
  await phone.storage.append(correction("h1", await item("at_school"), true, AT), []);
  expect([...(await told())].map(([key, one]) => [key, one.value])).toEqual([["at_school\nm1", true]]);
  phone.server.judge = () => ({ verdict: "refused", message: "不归你负责" });
  await phone.sync();
  expect((await told()).get("at_school\nm1")).toMatchObject({ refused: true, message: "不归你负责" });
  expect([...(await told(new Date(AT.getTime() + 2 * 3_600_000)))]).toEqual([]);
});

test("a camp at a new place is one command with the point and the season; the family shows there at once", async () => {
  const draft = campHere("h1", { lat: 33.97, lon: 99.9, accuracy: 12 }, "winter", AT);
  await phone.storage.append(draft, []);
  expect((await phone.storage.commands())[0]).toMatchObject({
    kind: "households.camp", v: 1, body: { household: "h1", name: "", lat: 33.97, lon: 99.9, accuracy: 12, season: "winter", from: "2026-11-21" },
  });
  const now = async () => lastTold(await household(), await phone.storage.commands(), await phone.storage.receipts(), AT);
  expect(await now()).toEqual({ camp: draft.id, season: "winter", refused: false, message: "", sent: false });
  await phone.storage.append(move("h1", draft.id, AT), []);
  expect((await phone.storage.commands()).at(-1)?.after).toEqual([draft.id]);
  await phone.storage.append(move("h1", "c1", AT), []);
  expect((await phone.storage.commands()).at(-1)?.after).toEqual([]);
  expect(await now()).toMatchObject({ camp: "c1", season: "" });
});

test("the season offered first is the one of the month", () => {
  expect([1, 4, 5, 6, 8, 9, 10, 11].map((month) => seasonOf(new Date(2026, month - 1, 15)))).toEqual(
    ["winter", "spring", "spring", "summer", "summer", "autumn", "autumn", "winter"],
  );
});

test("what travels by day and by place is read one by one; a phone switched over reads the other language", () => {
  const words = { ...BARE, kind: "catalogue", data: {
    groups: { herd: { zh: "牲畜", bo: "ཕྱུགས" } }, documents: { booklet: { zh: "户口本" }, id: { zh: "身份证" } }, needs: { alone: { zh: "独居老人" } },
    items: { yaks: { label, group: "herd", type: "count" }, at_school: { label: { zh: "在校" }, group: "herd", type: "yes_no", of: "member" } },
  } };
  const sent = { ...BARE, data: {
    members: [{ id: "m7", place: 2, name: "卓玛", relation: { zh: "子女", bo: "བུ་མོ" } }],
    items: [{ as_of: "2026-09-01", values: { yaks: 40 } }, { as_of: "2026-10-01", member: 2, values: { at_school: true } }],
    documents: [{ seen: "2026-09-01", held: { booklet: true } }, { seen: "2026-09-01", member: 2, held: { id: "2030-01-01", booklet: false } }],
    needs: [{ id: "n", code: "alone", since: "2026-01-05", member: 2 }],
  } };
  const read = withWords(sent, words);
  expect(groups(read, AT).flatMap((group) => group.items.map((one) => [one.code, one.member, one.value, one.asOf]))).toEqual(
    [["yaks", "", 40, "2026-09-01"], ["at_school", "m7", true, "2026-10-01"]],
  );
  expect(papers(read).map((paper) => [paper.label, paper.member, paper.held, paper.validTo])).toEqual(
    [[{ zh: "户口本" }, "m7", false, ""], [{ zh: "户口本" }, "", true, ""], [{ zh: "身份证" }, "m7", true, "2030-01-01"]],
  );
  expect(needs(read)[0]).toMatchObject({ label: { zh: "独居老人" }, member: "m7" });
  expect([named(groups(read, AT)[0]!.label, "zh-Hans"), named(groups(read, AT)[0]!.label, "bo"), named(members(read)[0]!.relation, "bo")]).toEqual(["牲畜", "ཕྱུགས", "བུ་མོ"]);
});

const CATALOGUE = { ...BARE, kind: "catalogue", data: {
  groups: { herd: { zh: "牲畜" }, school: { zh: "上学" } },
  items: {
    yaks: { label, group: "herd", type: "count" }, fuel: { label: { zh: "燃料" }, group: "herd", type: "choice", choices: { dung: { zh: "牛粪" } } },
    subsidy: { label: { zh: "补贴" }, group: "herd", type: "yes_no", owner: "registered" }, note: { label: { zh: "字" }, group: "herd", type: "text" },
    at_school: { label: { zh: "在校" }, group: "school", type: "yes_no", of: "member", ages: [5, 20] }, "camp.water": { label: { zh: "水" }, group: "camp", type: "yes_no", of: "camp" },
  },
} };
const asking = async (member: string | null, more: object = {}): Promise<string[]> => {
  const bare = { ...BARE, data: { members: [{ id: "m1", name: "孩子", born: 2015 }, { id: "m2", name: "老人", born: 1950 }, { id: "m3", name: "谁" }], items: [{ as_of: "2026-09-01", values: { fuel: "dung" } }], ...more } };
  const family = { household: withWords(bare, CATALOGUE), catalogue: CATALOGUE };
  const whose = members(bare).find((one) => one.id === member) ?? null;
  const told = corrected(family.household, [], await phone.storage.commands(), await phone.storage.receipts(), AT);
  return toAsk(family, told, whose, AT).flatMap((group) => group.items.map((one) => one.code));
};

test("what nobody said can be added: of the family, of a member of that age, by the side that keeps it", async () => {
  expect(await asking(null)).toEqual(["yaks", "subsidy"]);
  expect(await asking(null, { side: "residing" })).toEqual(["yaks"]);
  expect([await asking("m1"), await asking("m2"), await asking("m3")]).toEqual([["at_school"], [], ["at_school"]]);
});

test("a fact told for the first time is one command; it is asked no more and stands under its heading at once", async () => {
  const yak = { code: "yaks", member: "", camp: "" };
  await phone.storage.append(correction("h", yak, 12, AT), []);
  expect((await phone.storage.commands())[0]?.body).toEqual({ household: "h", items: [{ code: "yaks", value: 12, member: null, as_of: "2026-11-21" }] });
  expect(await asking(null)).toEqual(["subsidy"]);
  const heard = corrected({ ...BARE, data: {} }, [], await phone.storage.commands(), await phone.storage.receipts(), AT);
  expect(withTold([], heard, CATALOGUE).map((group) => [group.code, group.items.map((one) => [one.code, one.value])])).toEqual([["herd", [["yaks", 12]]]]);
});

test("what is at a camp is told by one press, waits for a camp told of here, and what nobody said stays so", async () => {
  const camp = { id: "c1", has: [{ what: "power" as const, there: false }] };
  const now = async () => fittings(camp, await phone.storage.commands(), await phone.storage.receipts(), AT);
  const here = campHere("h1", { lat: 33.97, lon: 99.9, accuracy: 12 }, "winter", AT);
  await phone.storage.append(here, []);
  await phone.storage.append(correction("h1", { code: "camp.water", member: "", camp: here.id }, true, AT), []);
  expect((await phone.storage.commands()).at(-1)?.after).toEqual([here.id]);
  expect(await now()).toEqual({ power: false });
  await phone.storage.append(correction("h1", { code: "camp.water", member: "", camp: "c1" }, true, AT), []);
  expect((await phone.storage.commands()).at(-1)).toMatchObject({ after: [], body: { items: [{ code: "camp.water", value: true, member: null, camp: "c1" }] } });
  expect(await now()).toEqual({ power: false, water: true });
  await phone.sync();
  expect(fittings(camp, await phone.storage.commands(), await phone.storage.receipts(), new Date(AT.getTime() + 2 * 3_600_000))).toEqual({ power: false });
});
