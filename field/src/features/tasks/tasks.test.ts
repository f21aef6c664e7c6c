import { expect, test } from "vitest";
import { AT, Phone, sound } from "../../testing/phone";
import { composeAnswer, composeVisit, isAnswer, type Answer } from "./compose";
import { wordsIn } from "./words";
import { daysLeft, tasks, visits, waits, type Asks } from "./duties";

const DAY = 86_400_000;
const NOTHING: Answer = { voice: null, photos: [], text: "", done: true, value: null, household: null };
const VOICE = { mime: "audio/webm", seconds: 4, bytes: new Uint8Array([1, 2, 3]).buffer };

function sent(phone: Phone, kind: string, id: string, data: Record<string, unknown>): void {
  phone.server.change({ op: "put", kind, id, rev: 1, data });
}

function task(phone: Phone, id: string, data: Record<string, unknown> = {}): void {
  sent(phone, "task", id, { title: `任务${id}`, due: new Date(AT.getTime() + DAY).toISOString(), asks: "done", ...data });
}

const give = async (phone: Phone, id: string, answer: Partial<Answer>): Promise<void> => {
  const { draft, media } = await composeAnswer(id, { ...NOTHING, ...answer }, AT);
  await phone.storage.append(draft, media);
};

test.each<[Asks, Partial<Answer>, boolean]>([
  ["done", {}, true],
  ["done", { done: false }, false],
  ["done", { done: false, voice: VOICE }, true],
  ["yes_no", {}, false],
  ["yes_no", { value: false }, true],
  ["yes_no", { value: 1 }, false],
  ["number", { value: true }, false],
  ["number", { value: 0 }, true],
  ["number", { value: 2e9 }, false],
  ["number", { voice: VOICE }, true],
  ["number", { value: 2e9, voice: VOICE }, false],
  ["yes_no", { voice: VOICE }, true],
  ["photo", { text: "好" }, false],
  ["photo", { photos: [new ArrayBuffer(1)] }, true],
  ["voice", { photos: [new ArrayBuffer(1)] }, false],
  ["voice", { voice: VOICE }, true],
  ["photo", { done: false, text: "路断了" }, true],
])("what answers %s: %o", (asks, answer, whether) => {
  expect(isAnswer(asks, { ...NOTHING, ...answer })).toBe(whether);
});

test("soonest due first, answered last; an answer given without network counts here at once", async () => {
  const phone = await Phone.enrolled();
  task(phone, "late", { due: "2026-11-19T18:00:00+08:00" });
  task(phone, "far", { due: "2026-12-19T18:00:00+08:00" });
  task(phone, "near", { asks: "number", urgent: true });
  task(phone, "told", { due: "2026-11-01T18:00:00+08:00", answer: { at: "2026-11-01", done: true } });
  await phone.sync();
  await give(phone, "late", { voice: VOICE });
  expect((await tasks(phone.storage)).map((one) => [one.id, one.mark])).toEqual([["near", null], ["far", null], ["told", "received"], ["late", "phone"]]);
});

test("a task is read in the language of the phone as soon as an interpreter wrote it", async () => {
  const phone = await Phone.enrolled();
  task(phone, "plain", { title: "防疫", text: "今天" });
  task(phone, "both", { title: "防疫", text: "今天", translation: { language: "bo", title: "འགོག་སྨན", text: "དེ་རིང་" } });
  await phone.sync();
  const shown = (await tasks(phone.storage)).map((one) => (["bo", "zh-Hans", "en"] as const).map((language) => wordsIn(one, language)).map(({ first, original }) => [first.title, first.text, original?.title ?? null]));
  const chinese = ["防疫", "今天", null];
  expect(shown).toEqual(expect.arrayContaining([[chinese, chinese, chinese], [["འགོག་སྨན", "དེ་རིང་", "防疫"], chinese, chinese]]));
});

test("a task that was taken back waits for nothing, stands last and says why in the language of the phone", async () => {
  const phone = await Phone.enrolled();
  task(phone, "back", { due: "2026-11-19T18:00:00+08:00", withdrawn: { at: "2026-11-20", reason: "雪停了", translation: { language: "bo", reason: "ཁ་བ་ཆད་སོང་།" } } });
  task(phone, "plain", { due: "2026-11-19T18:00:00+08:00", withdrawn: { at: "2026-11-20", reason: "发错了" }, answer: { at: "2026-11-20", done: false } });
  task(phone, "todo");
  await phone.sync();
  const all = await tasks(phone.storage);
  expect(all.map((one) => [one.id, waits(one)])).toEqual([["todo", true], ["back", false], ["plain", false]]);
  const why = all.map((one) => one.withdrawn && (["bo", "zh-Hans"] as const).map((language) => wordsIn(one.withdrawn!, language).first.title));
  expect(why).toEqual([null, ["ཁ་བ་ཆད་སོང་།", "雪停了"], ["发错了", "发错了"]]);
});

test("the command carries what was asked, and is received only with its sound", async () => {
  const phone = await Phone.fresh();
  task(phone, "t", { asks: "number" });
  await phone.sync();
  await give(phone, "t", { value: 40, voice: { ...VOICE, bytes: (await sound(3000)).bytes } });
  const [command] = await phone.storage.commands();
  expect(command).toMatchObject({ kind: "tasks.answer", after: [], body: { task: "t", done: true, value: 40, voice: { seconds: 4 } } });
  expect((await tasks(phone.storage))[0]?.mark).toBe("phone");
  await phone.sync();
  expect((await tasks(phone.storage))[0]?.mark).toBe("received");
});

test("a refused answer leaves the task to do and says why", async () => {
  const phone = await Phone.enrolled();
  task(phone, "t");
  await phone.sync();
  phone.server.judge = () => ({ verdict: "refused", code: "not_found", message: "不存在" });
  await give(phone, "t", {});
  await phone.sync();
  const [one] = await tasks(phone.storage);
  expect([one?.mark, one?.refused?.message]).toEqual([null, "不存在"]);
});

test("a task about families is done when none is left", async () => {
  const phone = await Phone.enrolled();
  task(phone, "t", { households: ["a", "b"] });
  await phone.sync();
  await give(phone, "t", { household: "a" });
  expect((await tasks(phone.storage))[0]).toMatchObject({ households: ["b"], mark: null });
  await give(phone, "t", { household: "b" });
  expect((await tasks(phone.storage))[0]).toMatchObject({ households: [], mark: "phone" });
});

test("an answer that could not be done carries no value", async () => {
  const { draft } = await composeAnswer("t", { ...NOTHING, done: false, value: 3, text: "草料没有到" }, AT);
  expect(draft.body).toEqual({ task: "t", done: false, text: "草料没有到" });
});

test("visits due are those of families this phone holds, with why; a recorded one is marked", async () => {
  const phone = await Phone.enrolled();
  sent(phone, "household", "h1", { name: "才让", number: "1" });
  sent(phone, "household", "h2", { name: "卓玛", number: "2" });
  sent(phone, "visit", "me", { due: [["h2", "2026-11-20", "all"], ["gone", "2026-11-20", "all"], ["h1", "2026-12-20", "camp"]], duties: { all: "走访", camp: "牧点" } });
  await phone.sync();
  const { draft, media } = await composeVisit("h2", { ...NOTHING, place: null }, true, AT);
  expect(draft).toMatchObject({ kind: "visits.record", body: { household: "h2", needs_case: true } });
  await phone.storage.append(draft, media);
  expect(await visits(phone.storage, AT)).toEqual([
    { household: "h2", due: "2026-11-20", duty: "走访", mark: "phone" },
    { household: "h1", due: "2026-12-20", duty: "牧点", mark: null },
  ]);
  expect((await visits(phone.storage, new Date(AT.getTime() + 4 * DAY)))[0]?.mark).toBe(null);
});

test("what the county sends without shape breaks no screen", async () => {
  const phone = await Phone.enrolled();
  sent(phone, "task", "odd", { voice: "x", households: 3, asks: "song", due: 7 });
  sent(phone, "visit", "me", { due: "none", duties: [] });
  await phone.sync();
  expect((await tasks(phone.storage))[0]).toMatchObject({ asks: "done", voice: null, households: null, mark: null });
  expect(await visits(phone.storage, AT)).toEqual([]);
});

test.each([["2026-11-21T23:59:00", 0], ["2026-11-22T00:01:00", 1], ["2026-11-20", -1], ["2026-12-01", 10]])("days left until %s", (due, days) => {
  expect(daysLeft(due, new Date("2026-11-21T12:00:00"))).toBe(days);
});


