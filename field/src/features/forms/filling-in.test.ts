/** A form from the first page to the command: what the register knows, what was looked at, what is on the disk. */
import { beforeEach, expect, test } from "vitest";
import { sha256 } from "../../outbox/digest";
import type { Thing } from "../../store/storage";
import { AT, Phone } from "../../testing/phone";
import { readDefinition, type Definition } from "./definition";
import { added, answered, begun, drafts, keep, looked, removed, type Draft } from "./draft";
import { Filling, Spot } from "./filling";
import type { Offered } from "./kept";
import { levelOf, pagesOf } from "./pages";
import { offering } from "./passing";
import { ofInstitution, prefilled } from "./prefill";
import { composeForm, outcome, sent, today } from "./submit";
import { answer, instanceName, label } from "./wording";

const words = (zh: string) => ({ zh, bo: "ཀ", en: zh });
const yesNo = [{ name: "yes", label: words("是") }, { name: "no", label: words("否") }];
const FORM = readDefinition({
  id: "household", version: "1", title: words("家庭"), about: "household",
  items: [
    { name: "family", type: "text", label: words("户"), fact: "household.name" },
    { name: "kind", type: "select_one", label: words("住房"), fact: "dwelling.kind", choices: ["brick", "tent", "flat", "other"].map((name) => ({ name, label: words(name) })) },
    { name: "rooms", type: "integer", label: words("间"), fact: "dwelling.rooms", constraint: ["<=", ["self"], ["lit", 50]], relevant: ["!=", ["ref", "kind"], ["lit", "tent"]] },
    { name: "toilet", type: "select_one", label: words("厕所"), fact: "dwelling.toilet", choices: yesNo },
    { name: "member", type: "repeat", label: words("成员"), fact: "member", children: [
      { name: "id", type: "text", label: words("id"), fact: "member.id", appearance: "hidden" },
      { name: "name", type: "text", label: words("姓名"), fact: "member.name", required: ["call", "true"] },
      { name: "school", type: "select_one", label: words("上学"), fact: "school.boards", choices: yesNo },
    ] },
    { name: "count", type: "calculate", calculation: ["call", "count", ["ref", "member"]] },
    { name: "said", type: "note", label: words("${count} 人") },
    { name: "picture", type: "image", label: words("照片"), max_pixels: 1024 },
  ],
}) as Definition;
const OFFER: Offered = { form: "household", version: "1", title: FORM.title, about: "household", sha256: "a".repeat(64), declared: [] };
const HOUSEHOLD: Thing = {
  kind: "household", id: "h1", rev: 1, round: 1,
  data: {
    name: "才让", number: "0421",
    members: [{ id: "m1", name: "才让", born: "1980-02-01" }, { id: "m2", name: "卓玛", born: "2014" }],
    items: [
      { code: "dwelling.kind", value: "brick", as_of: "2025-03-01" }, { code: "dwelling.rooms", value: 4, as_of: "2025-03-01" },
      { code: "dwelling.toilet", value: false, as_of: "2025-03-01" }, { code: "school.boards", value: true, as_of: "2025-09-01", member: "m2" },
    ],
  },
};

const start = (): Draft => begun(OFFER, FORM, { kind: "household", id: "h1" }, { household: "h1", name: "才让" }, prefilled(FORM, HOUSEHOLD, new Map(), null), AT);
const filling = (draft: Draft): Filling => new Filling(FORM, draft.answers, today(AT));
const spot = (draft: Draft, path: string, ...place: number[]): Spot => new Spot(filling(draft), FORM.nodes.get(path)!, place);
const keys = (draft: Draft, at = ""): string[] => pagesOf(filling(draft), levelOf(filling(draft), at), draft.known).map((page) => page.key);

test("an institution's form knows its name and how many fit in", () => {
  const form = readDefinition({ id: "place", version: "1", title: words("场所"), about: "institution", items: [
    { name: "called", type: "text", label: words("名称"), fact: "institution.name" },
    { name: "holds", type: "integer", label: words("容量"), fact: "institution.capacity" },
    { name: "fire", type: "select_one", label: words("消防"), fact: "check.fire", choices: yesNo },
  ] }) as Definition;
  const place: Thing = { kind: "institution", id: "i1", rev: 1, round: 1, data: { name: { zh: "小学", bo: "སློབ་གྲྭ" }, capacity: 120 } };
  expect(ofInstitution(form, place, "bo")).toEqual({ answers: { called: "སློབ་གྲྭ", holds: 120 }, known: { called: "-", holds: "-" } });
});

test("a camp has its name in whatever shape it came, else its place's: nothing of it is left to be mended", () => {
  const form = readDefinition({ id: "herder", version: "1", title: words("牧民"), about: "household", items: [
    { name: "camp", type: "repeat", label: words("牧点"), fact: "camp", children: [
      { name: "id", type: "text", label: words("id"), fact: "camp.id", appearance: "hidden" },
      { name: "name", type: "text", label: words("名称"), fact: "camp.name", required: ["call", "true"] },
      { name: "water", type: "select_one", label: words("有水"), fact: "camp.water", choices: yesNo },
    ] },
  ] }) as Definition;
  const camps = [{ id: "c1", name: "གནམ་དཔལ", water: true }, { id: "c2", zh: "上滩", bo: "ཀ" }, { id: "c3", area: { code: "1", zh: "1号网格" } }];
  const { answers } = prefilled(form, { ...HOUSEHOLD, data: { camps } }, new Map(), null);
  expect(answers).toEqual({ camp: [{ id: "c1", name: "གནམ་དཔལ", water: "yes" }, { id: "c2", name: "上滩" }, { id: "c3", name: "1号网格" }] });
});

test("nobody types a fact twice: what the phone holds is there, with its day", () => {
  const { answers, known } = start();
  expect(answers).toEqual({
    family: "才让", kind: "brick", rooms: 4, toilet: "no",
    member: [{ id: "m1", name: "才让" }, { id: "m2", name: "卓玛", school: "yes" }],
  });
  expect(known).toEqual({
    family: "-", kind: "2025-03-01", rooms: "2025-03-01", toilet: "2025-03-01",
    "member[1]/id": "-", "member[1]/name": "-", "member[2]/id": "-", "member[2]/name": "-", "member[2]/school": "2025-09-01",
  });
});

test("what was corrected on this phone stands above the county's copy; what it refused does not", () => {
  const said = { asOf: "2026-11-20", message: "", sent: false };
  const told = new Map([["dwelling.rooms\n", { ...said, value: 5, refused: false }], ["dwelling.toilet\n", { ...said, value: true, refused: true }]]);
  expect(prefilled(FORM, HOUSEHOLD, told, null).answers).toMatchObject({ rooms: 5, toilet: "no" });
});

test("a name the register gave is not asked; small questions share a page; people have pages of their own", () => {
  const draft = start();
  expect(keys(draft)).toEqual(["kind", "rooms", "member", "said", "picture", "review"]);
  expect(keys(draft, "member[2]/school")).toEqual(["member[2]/school"]);
  const more = { ...draft, answers: added(draft.answers, spot(draft, "member")) };
  expect(keys(more, "member[3]/name")).toEqual(["member[3]/name"]);
  const tent = { ...draft, answers: answered(draft.answers, spot(draft, "kind"), "tent") };
  expect(keys(tent)).toEqual(["kind", "rooms", "member", "said", "picture", "review"]);
  expect(pagesOf(filling(tent), null, tent.known)[1]).toMatchObject({ spots: [{ node: { name: "toilet" } }] });
});

test("answers deep in a repeat are given and taken back, instances come and go", () => {
  const draft = start();
  const given = answered(draft.answers, spot(draft, "member/school", 0), "no");
  expect(given["member"]).toEqual([{ id: "m1", name: "才让", school: "no" }, { id: "m2", name: "卓玛", school: "yes" }]);
  expect(answered(given, spot(draft, "member/school", 1), undefined)["member"]).toEqual([{ id: "m1", name: "才让", school: "no" }, { id: "m2", name: "卓玛" }]);
  expect(removed(given, spot({ ...draft, answers: given }, "member"), 0)["member"]).toEqual([{ id: "m2", name: "卓玛", school: "yes" }]);
});

test("what the register said and nobody looked at is not told again as if it were of today", () => {
  const draft = { ...start(), seen: ["rooms"] };
  expect(looked(FORM, draft, today(AT))).toEqual({ family: "才让", rooms: 4, member: [{ id: "m1", name: "才让" }, { id: "m2", name: "卓玛" }] });
  const wrong = { ...draft, answers: answered(draft.answers, spot(draft, "rooms"), 99) };
  expect(outcome(FORM, wrong, AT, "zh").refused).toEqual({ rooms: "constraint" });
  const unnamed = { ...draft, answers: added(draft.answers, spot(draft, "member")) };
  expect(outcome(FORM, unnamed, AT, "zh").refused).toEqual({ "member[3]/name": "required" });
});

test("words: a label names an answer, choices their labels, an instance its person", () => {
  const draft = start();
  const t = (key: string, params?: object): string => `${key}${params ? JSON.stringify(params) : ""}`;
  expect(label(spot(draft, "said"), "zh-Hans")).toBe("2 人");
  expect([answer(spot(draft, "kind"), "zh-Hans", t), answer(spot(draft, "toilet"), "zh-Hans", t), answer(spot(draft, "rooms"), "zh-Hans", t)]).toEqual(["brick", "tasks.no", "4"]);
  expect(instanceName(spot(draft, "member"), 1, "zh-Hans", t)).toBe("卓玛");
  expect(instanceName(spot({ ...draft, answers: added(draft.answers, spot(draft, "member")) }, "member"), 2, "zh-Hans", t)).toBe('forms.nth{"n":3}');
});

let phone: Phone;
beforeEach(async () => void (phone = await Phone.enrolled()));

test("each answer is on the disk: a dead battery costs none, and a locked phone tells none", async () => {
  const draft = start();
  await keep(phone.storage, draft);
  await Promise.all([3, 7, 6].map((rooms) => keep(phone.storage, { ...draft, answers: answered(draft.answers, spot(draft, "rooms"), rooms) })));
  await phone.restart();
  expect((await drafts(phone.storage)).map((one) => one.answers["rooms"])).toEqual([6]);
  const open = await new Promise<IDBDatabase>((done) => (indexedDB.open(phone.storage.name).onsuccess = (event) => done((event.target as IDBOpenDBRequest).result)));
  const rows = await new Promise<{ said: ArrayBuffer }[]>((done) => (open.transaction("forms").objectStore("forms").getAll().onsuccess = (event) => done((event.target as IDBRequest).result)));
  open.close();
  expect(rows.map(({ said }) => new TextDecoder().decode(said).includes("才让"))).toEqual([false]);
});

test("the command carries what was kept and the photo the answers name; the draft goes with it; sending again sends once", async () => {
  const photo = new Uint8Array([1, 2, 3]).buffer;
  const draft = { ...start(), seen: ["kind"], at: "review" };
  const shown = { ...draft, answers: answered(draft.answers, spot(draft, "picture"), "tent.jpg") };
  await keep(phone.storage, shown);
  await phone.storage.saveFormFile({ draft: draft.id, name: "tent.jpg", mime: "image/jpeg", bytes: photo });
  await phone.storage.saveFormFile({ draft: draft.id, name: "taken-back.jpg", mime: "image/jpeg", bytes: photo });
  const ready = await composeForm(FORM, shown, await phone.storage.formFiles(draft.id), AT, "zh");
  expect(ready.draft).toMatchObject({
    id: draft.id, kind: "forms.submit", v: 1,
    body: { form: "household", version: "1", subject: { kind: "household", id: "h1" }, media: { "tent.jpg": await sha256(photo) } },
  });
  expect(ready.draft.body["answers"]).toEqual({ family: "才让", kind: "brick", picture: "tent.jpg", count: 2, member: [{ id: "m1", name: "才让" }, { id: "m2", name: "卓玛" }] });
  await phone.storage.append(ready.draft, ready.media, draft.id);
  expect([await drafts(phone.storage), await phone.storage.formFiles(draft.id)]).toEqual([[], []]);
  await expect(phone.storage.append(ready.draft, ready.media, draft.id)).rejects.toThrow();
  expect((await sent(phone.storage, new Map([["household", FORM.title]]))).map(({ id, mark, household }) => [id, mark, household])).toEqual([[draft.id, "phone", "h1"]]);
});

test("people passing through are asked for an epidemic only while the county has declared it", () => {
  const choices = [{ name: "service", label: words("办事") }, { name: "epidemic", label: words("疫情"), when: { declared: "yes" } }];
  const form = readDefinition({ id: "mobile", version: "1", title: words("流动"), items: [{ name: "purpose", type: "select_one", choices }], passing: { purpose: "purpose", until: "until", days: 90 } }) as Definition;
  const offeredBy = (declared: string[]): string[] => new Spot(new Filling(offering(form, declared), {}, "2026-11-22"), offering(form, declared).items[0]!, []).offered().map((one) => one.name);
  expect([offeredBy([]), offeredBy(["epidemic"]), offering(FORM, []) === FORM]).toEqual([["service"], ["service", "epidemic"], true]);
});
