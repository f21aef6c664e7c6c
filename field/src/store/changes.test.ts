import { expect, test } from "vitest";
import { Phone } from "../testing/phone";
import type { Change } from "../sync/wire";
import { meet, merge } from "./changes";
import type { Thing } from "./storage";

const held: Thing = { kind: "household", id: "h1", rev: 3, round: 1, data: { name: "才让", items: { phone: "1", fuel: "low" }, members: ["a"] } };
const change = (patch: Partial<Change>): Change => ({ op: "patch", kind: "household", id: "h1", rev: 4, base: 3, data: {}, ...patch });

test("a patch merges objects, replaces lists, removes nulls", () => {
  const patch = { items: { phone: null, fuel: "full" }, members: ["a", "b"] };
  expect(merge(held.data, patch)).toEqual({ name: "才让", items: { fuel: "full" }, members: ["a", "b"] });
});

test.each([
  ["fits", held, change({ data: { name: "b" } }), "put"],
  ["seen before", { ...held, rev: 4 }, change({}), "keep"],
  ["against another revision", held, change({ base: 2 }), "mismatch"],
  ["against nothing", undefined, change({}), "mismatch"],
  ["an older copy", held, change({ op: "put", rev: 2 }), "keep"],
  ["an older revision in a new full pull", { ...held, round: 0 }, change({ op: "put", rev: 2 }), "put"],
  ["a drop", held, change({ op: "drop" }), "drop"],
  ["a drop of nothing", undefined, change({ op: "drop" }), "keep"],
] as const)("%s", (_, thing, one, act) => {
  expect(meet(thing, one, 1).act).toBe(act);
});

test("a patch that does not fit makes the phone pull everything once, and drop what has left", async () => {
  const phone = await Phone.fresh();
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 3, data: { name: "才让", camp: "A" } });
  phone.server.change({ op: "put", kind: "household", id: "h2", rev: 1, data: { name: "索南" } });
  await phone.sync();
  phone.server.change({ op: "patch", kind: "household", id: "h1", rev: 5, base: 4, data: { camp: "C" } });
  await phone.sync();
  expect(await phone.storage.thing("household", "h1")).toMatchObject({ rev: 5, data: { name: "才让", camp: "C" } });
  expect(phone.server.requests.map((body) => (JSON.parse(body) as { cursor: string | null }).cursor)).toEqual([null, "p2", null]);
  phone.server.change({ op: "drop", kind: "household", id: "h2" });
  await phone.sync();
  expect((await phone.storage.things("household")).map((thing) => thing.id)).toEqual(["h1"]);
});

test("a household that moved on while a full pull ran is gone at its end", async () => {
  const phone = await Phone.fresh();
  phone.server.change({ op: "put", kind: "household", id: "old", rev: 1, data: {} });
  await phone.sync();
  await phone.storage.setState({ cursor: null, cold: true, round: 2 });
  phone.server.change({ op: "drop", kind: "household", id: "old" });
  for (let index = 0; index < 30; index++) phone.server.change({ op: "put", kind: "household", id: `n${index}`, rev: 1, data: {} });
  await phone.sync();
  expect(await phone.storage.thing("household", "old")).toBeUndefined();
  expect(await phone.storage.things("household")).toHaveLength(30);
});
