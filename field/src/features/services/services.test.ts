import { expect, test } from "vitest";
import { AT, Phone } from "../../testing/phone";
import { lists, markDraft, movesOf, offers, openDraft, paperDraft, services, stepDraft, type PaperState } from "./services";

const CATALOGUE = { services: [
  { code: "card", name: { zh: "社保卡" }, papers: [{ zh: "身份证" }, { zh: "照片" }], steps: [{ name: { zh: "收材料" }, who: "carrier" }, { name: { zh: "制卡" }, who: "owner" }], hours: ["09:00-12:00"], at: "乡镇", home: true },
  { code: "identity", name: { zh: "身份证" }, papers: [{ zh: "户口本" }], steps: [{ name: { zh: "到窗口" }, who: "family" }], hours: [], counter: true },
] };
const HELD = (state: string) => ({
  number: "ZD-1", state: "reported", household: "h1",
  service: { code: "card", name: { zh: "社保卡" }, sent: true, papers: [{ name: { zh: "身份证" }, state, with: "才让" }], steps: [{ name: { zh: "收材料" }, who: "carrier" }, { name: { zh: "制卡" }, who: "owner" }] },
});

async function phone(): Promise<Phone> {
  const made = await Phone.fresh();
  made.server.change({ op: "put", kind: "services", id: "s", rev: 1, data: CATALOGUE });
  made.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: HELD("carried") });
  made.server.change({ op: "put", kind: "case", id: "c0", rev: 1, data: { number: "ZD-0", state: "taken" } });
  await made.sync();
  return made;
}

test("the catalogue, and services apart from other cases", async () => {
  const { storage } = await phone();
  expect((await offers(storage, "zh-Hans")).map((one) => [one.code, one.counter, one.home, one.papers.length])).toEqual([["card", false, true, 2], ["identity", true, false, 1]]);
  expect((await services(storage, "zh-Hans")).map((one) => [one.id, one.papers[0], one.waiting])).toEqual([["c1", { name: "身份证", state: "carried", with: "才让" }, false]]);
});

test("what is marked without network shows at once and waits for the county", async () => {
  const made = await phone();
  await made.storage.append(paperDraft("c1", 0, "handed_over", AT), []);
  await made.storage.append(stepDraft("c1", 0, true, AT), []);
  const [here] = await services(made.storage, "zh-Hans");
  expect([here?.papers[0]?.state, here?.steps[0]?.done, here?.waiting]).toEqual(["handed_over", true, true]);
});

test("an old mark never hides the county's newer word", async () => {
  const made = await phone();
  made.server.judge = () => ({ verdict: "applied", refs: { case: "c1" } });
  await made.storage.append(paperDraft("c1", 0, "handed_over", AT), []);
  made.server.change({ op: "put", kind: "case", id: "c1", rev: 2, data: HELD("back") });
  await made.sync();
  const [here] = await services(made.storage, "zh-Hans");
  expect([here?.papers[0]?.state, here?.waiting, here?.refused]).toEqual(["back", false, null]);
});

test("what the county refuses is told and not shown as done", async () => {
  const made = await phone();
  made.server.judge = () => ({ verdict: "refused", code: "cases.not_your_step", message: "轮不到您" });
  await made.storage.append(stepDraft("c1", 1, true, AT), []);
  await made.sync();
  const [here] = await services(made.storage, "zh-Hans");
  expect([here?.steps[1]?.done, here?.refused?.message]).toEqual([false, "轮不到您"]);
});

test("a service opened without network stands there with its papers, once", async () => {
  const made = await phone();
  const draft = openDraft("card", "h2", [1], AT);
  await made.storage.append(draft, []);
  await made.storage.append(paperDraft(draft.id, 0, "ready", AT), []);
  expect((await made.storage.commands()).at(-1)?.after).toEqual([draft.id]);
  const here = (await services(made.storage, "zh-Hans")).find((one) => one.id === draft.id);
  expect([here?.name, here?.household, here?.papers.map((one) => one.state), here?.waiting]).toEqual(["社保卡", "h2", ["ready", "ready"], true]);
  made.server.judge = () => ({ verdict: "applied", refs: { case: draft.id } });
  made.server.change({ op: "put", kind: "case", id: draft.id, rev: 1, data: { ...HELD("ready"), household: "h2" } });
  await made.sync();
  expect((await services(made.storage, "zh-Hans")).filter((one) => one.id === draft.id).map((one) => one.waiting)).toEqual([false]);
});

test("a list is mine until its moment, and a mark shows at once", async () => {
  const made = await phone();
  const rows = [{ id: "r1", household: "h1" }, { id: "r2", household: "h2", member: "卓玛", mark: "cannot", why: "人在外地" }];
  made.server.change({ op: "put", kind: "listed", id: "l1", rev: 1, data: { title: { zh: "养老金" }, from: "人社局", until: "2026-12-01T00:00:00+08:00", rows } });
  await made.sync();
  await made.storage.append(markDraft("r1", "not_yet", "", AT), []);
  const [held] = await lists(made.storage, AT, "bo");
  expect(held?.rows.map((row) => [row.id, row.member, row.mark, row.waiting])).toEqual([["r1", "", "not_yet", true], ["r2", "卓玛", "cannot", false]]);
  expect(await lists(made.storage, new Date("2026-12-01T00:00:00+08:00"), "bo")).toEqual([]);
});

test.each<[PaperState, boolean, readonly PaperState[]]>([
  ["needed", true, ["ready", "carried"]], ["carried", true, ["handed_over", "back"]], ["back", true, ["carried"]],
  ["needed", false, ["ready"]], ["ready", false, ["needed"]],
])("where a paper goes from %s (sent: %s)", (state, sent, found) => {
  expect(movesOf({ name: "", state, with: "" }, sent)).toEqual(found);
});
