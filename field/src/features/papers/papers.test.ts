import { beforeEach, expect, test } from "vitest";
import { standing } from "../../outbox/unsent";
import { AT, Phone } from "../../testing/phone";
import { NoCountyKey } from "../../store/sealing";
import { NoAnswer } from "../../sync/transport";
import { fileOf, load } from "../carry/carry";
import { CarriedStore } from "../carry/shelf";
import { cameras } from "./cameras";
import { another, blacken, laid, moved, resized } from "./covering";
import { photographed, retakes, sentPapers } from "./photographing";

const SIDE = [{ left: 0.62, upper: 0.1, right: 0.95, lower: 0.74 }];
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).slice().buffer;
const text = (held: ArrayBuffer | undefined): string => new TextDecoder().decode(held);
let phone: Phone;
beforeEach(async () => {
  phone = await Phone.enrolled();
});

async function take(say = "covered pixels"): Promise<string> {
  const { draft, part } = await photographed({ household: "h1", code: "identity", member: "m1" }, bytes(say), AT);
  await phone.storage.append(draft, [part]);
  return draft.id;
}

const mark = async (): Promise<string | undefined> =>
  sentPapers("h1", await phone.storage.commands(), await phone.storage.receipts(), await phone.storage.uploads())[0]?.mark;

test("every pixel a box touches is overwritten, and no other", () => {
  const [width, height] = [10, 6];
  const pixels = new Uint8ClampedArray(4 * width * height).fill(200);
  blacken(pixels, width, height, [{ left: 0.21, upper: 0.34, right: 0.58, lower: 0.66 }, { left: 0.9, upper: -0.2, right: 1.4, lower: 0.1 }]);
  const black = [...Array(width * height).keys()].filter((at) => pixels[4 * at] === 40).map((at) => [at % width, Math.floor(at / width)]);
  expect(black).toEqual([[9, 0], ...[2, 3].flatMap((row) => [2, 3, 4, 5].map((column) => [column, row]))]);
  expect(new Set([...pixels].filter((_, at) => at % 4 === 3))).toEqual(new Set([200, 255]));
});

test("boxes lie where the paper does: over the whole of a flat picture, across the middle of an upright one", () => {
  expect(laid(SIDE, 1585, 1000)).toEqual(SIDE);
  const [box] = laid(SIDE, 900, 1600);
  expect([box!.left, box!.right]).toEqual([0.62, 0.95]);
  expect(box!.upper).toBeCloseTo((1 - 0.3549) / 2 + 0.1 * 0.3549, 3);
  expect(box!.lower).toBeCloseTo((1 - 0.3549) / 2 + 0.74 * 0.3549, 3);
});

test("a box never leaves the picture and is never lost", () => {
  const far = moved(another, 9, -9);
  expect([far.right, far.upper]).toEqual([1, 0]);
  expect(far.right - far.left).toBeCloseTo(0.4);
  const small = resized(another, -9, 9);
  expect(small.right - small.left).toBeCloseTo(0.04);
  expect(small.lower).toBe(1);
});

test("what the county says of its papers is read; noise is not", () => {
  const data = { cameras: { identity: { of: "member", sides: [[[62, 10, 95, 74], [5, 5, 2, 9], "x"], []] }, odd: 1, booklet: { sides: [[], []] } }, documents: { identity: { zh: "身份证" } } };
  expect(cameras({ kind: "catalogue", id: "c", rev: 1, round: 1, data })).toEqual([
    { code: "identity", label: { zh: "身份证" }, own: true, sides: [SIDE, []] }, { code: "booklet", label: undefined, own: false, sides: [[]] },
  ]);
  expect(cameras(undefined)).toEqual([]);
});

test("the picture goes by its own door, sealed, once the command is applied; the phone keeps nothing it could look at", async () => {
  const id = await take();
  const [name] = (await phone.storage.outgoing())[0]!.media;
  const kept = (await phone.storage.media(name!))!;
  expect([text(kept.bytes).includes("covered"), kept.sealed, await phone.storage.file(name!)]).toEqual([false, "k", undefined]);
  expect(await mark()).toBe("phone");
  await phone.sync();
  expect(text(phone.server.papers.get(id)?.slice(16))).toBe("covered pixels");
  expect([phone.server.files.ever.size, await mark(), (await standing(phone.storage)).waiting]).toEqual([0, "received", []]);
  await phone.sync();
  expect(phone.server.paperCalls).toBe(1);
});

test("while the command is only taken in, no picture is tried; a broken line and a busy county are tried again", async () => {
  phone.server.judge = () => ({ verdict: "received" });
  const id = await take();
  await phone.sync();
  expect([phone.server.paperCalls, await mark()]).toEqual([0, "text_received"]);
  phone.server.verdicts.set(id, { verdict: "applied" });
  phone.server.change({ op: "put", kind: "receipt", id, rev: 1, data: { id, verdict: "applied" } });
  phone.server.turnAway = { status: 503, code: "ocr.busy" };
  await expect(phone.sync()).rejects.toThrow();
  phone.server.turnAway = null;
  const honest = phone.server.fetch;
  phone.server.fetch = (request) => (request.method === "PUT" ? Promise.reject(new TypeError("network")) : honest(request));
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  phone.server.fetch = honest;
  await phone.sync();
  expect([await mark(), phone.server.papers.has(id)]).toEqual(["received", true]);
});

test("a picture on which something can still be seen is told, not tried again, and goes with its command", async () => {
  await take();
  phone.server.turnAway = { status: 422, code: "ocr.still_seen" };
  await phone.sync();
  await phone.sync();
  const { waiting, refused } = await standing(phone.storage);
  expect([phone.server.paperCalls, await mark(), waiting, refused.map((one) => one.code)]).toEqual([1, "part_refused", [], ["ocr.still_seen"]]);
  await phone.storage.purge(new Date("2027-01-30T00:00:00Z"));
  expect(await phone.storage.outgoing()).toEqual([]);
});

test("a refused command keeps its picture at home", async () => {
  phone.server.judge = () => ({ verdict: "refused", code: "not_found" });
  await take();
  await phone.sync();
  expect([phone.server.paperCalls, await mark()]).toEqual([0, "refused"]);
});

test("without the county's key nothing is kept", async () => {
  const open = await Phone.fresh();
  const { draft, part } = await photographed({ household: "h1", code: "grassland", member: null }, bytes("x"), AT);
  expect(draft.body).toEqual({ household: "h1", code: "grassland" });
  await expect(open.storage.append(draft, [part])).rejects.toThrow(NoCountyKey);
  expect(await open.storage.outgoing()).toEqual([]);
});

test("another phone carries the command, never the picture", async () => {
  await take();
  const goods = await load(phone.storage, await CarriedStore.open());
  const lines = (await (await fileOf(goods, AT)).text()).split("\n");
  expect([goods.media, lines.length, JSON.parse(lines[1]!).media]).toEqual([[], 2, []]);
});

test("a picture nobody could use is asked for again until another of the same paper was taken here", async () => {
  const before = new Date(AT.getTime() - 60_000).toISOString();
  const turned = [{ id: "p1", code: "identity", member: "m1", at: before }, { id: "p2", code: "identity", member: "m1", at: before }, { id: "p3", code: "grassland", at: before }];
  const family = { kind: "household", id: "h1", rev: 1, round: 1, data: { retake: turned } };
  const asked = async (): Promise<string[]> => retakes([family], await phone.storage.commands(), await phone.storage.receipts()).map((one) => `${one.id} ${one.code} ${one.member}`);
  expect(await asked()).toEqual(["p1 identity m1", "p2 identity m1", "p3 grassland "]);
  await take();
  expect(await asked()).toEqual(["p2 identity m1", "p3 grassland "]);
  expect(retakes([{ ...family, data: {} }], [], new Map())).toEqual([]);
});
