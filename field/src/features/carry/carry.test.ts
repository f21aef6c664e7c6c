import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { uuid7 } from "../../outbox/uuid7";
import type { CarriedWire } from "../../sync/carried";
import { Engine } from "../../sync/engine";
import { Transport } from "../../sync/transport";
import { AT, Phone, sound } from "../../testing/phone";
import { fromBase45, toBase45 } from "./base45";
import { isSealed, toLines } from "./bundle";
import { codesOf, fileOf, load, takeCodes, takeText } from "./carry";
import { Assembler, toFrames } from "./frames";
import { CarriedStore } from "./shelf";

const FROM = "0199aaaa-0000-7000-8000-00000000000a";

function sealed(box = "Zm9yZWlnbg==", media: readonly string[] = [], urgent = false): CarriedWire {
  const id = uuid7(AT.getTime());
  return { id, from: FROM, wire: JSON.stringify({ id, seq: 1, from: FROM, sealed: { kid: "k1", box } }), urgent, media, at: AT.getTime() };
}

let phone: Phone;
let carried: CarriedStore;
beforeEach(async () => {
  phone = await Phone.fresh();
  carried = await CarriedStore.open();
});

const sync = (): Promise<string> =>
  new Engine(phone.storage, new Transport(phone.server.fetch, "http://127.0.0.1/field/"), async () => undefined, carried).run(() => false);

test("RFC 9285's examples, and any bytes there and back", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  expect([toBase45(bytes("AB")), toBase45(bytes("Hello!!")), toBase45(bytes("base-45"))]).toEqual(["BB8", "%69 VD92EX0", "UJCLQE7W581"]);
  expect([fromBase45("GGW"), fromBase45("A"), fromBase45("a"), fromBase45("ZZ")]).toEqual([null, null, null, null]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 900 }), (data) => {
    expect(fromBase45(toBase45(data))).toEqual(Uint8Array.from(data));
  }));
});

test("frames come whole in any order, with gaps, repeats and another phone's codes between them", async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), fc.infiniteStream(fc.nat(10)), async (data, order) => {
    const bytes = new Uint8Array(data);
    const frames = await toFrames(bytes);
    const reader = new Assembler();
    expect(await reader.add("https://example.org")).toBeNull();
    let whole = null;
    for (const pick of order) {
      whole = (await reader.add(frames[pick % frames.length]!))?.whole ?? null;
      if (whole) break;
    }
    expect(whole).toEqual(bytes);
  }), { numRuns: 60 });
});

test("a misread frame never makes a bundle", async () => {
  const [frame] = await toFrames(new Uint8Array([1, 2, 3]));
  const reader = new Assembler();
  expect((await reader.add(frame!.replace(/..$/, "40")))?.whole).toBeNull();
  expect((await reader.add(frame!))?.whole).toEqual(new Uint8Array([1, 2, 3]));
});

test("only boxes leave the phone: a report in the open is nobody's to carry", async () => {
  await phone.report({ text: "secret" });
  const { wire } = sealed();
  expect([isSealed(wire), isSealed(JSON.stringify({ ...JSON.parse(wire), body: {} })), isSealed("[]"), isSealed("")]).toEqual([true, false, false, false]);
  const open = (await phone.storage.outgoing()).map((command) => command.wire);
  for (const one of open.filter((text) => text.includes("secret"))) expect(isSealed(one)).toBe(false);
  expect(toLines({ reports: await phone.storage.outgoing() })).not.toContain("secret");
});

test("by codes: the carrier sends the very bytes, urgent first, and the news comes back", async () => {
  const wires = [sealed("AAAA"), sealed("BBBB", [], true)];
  const lines = await codesOf({ reports: wires });
  const reader = new Assembler();
  let whole = null;
  for (const frame of lines!) whole = (await reader.add(frame))!.whole;
  expect(await takeCodes(whole!, phone.storage, carried, AT.getTime())).toEqual({ reports: 2, media: 0, arrived: 0 });
  await phone.report({ text: "my own" });
  await sync();
  const sent = [...phone.server.taken.values()];
  expect(sent[0]).toBe(wires[1]!.wire);
  expect(sent).toContain(wires[0]!.wire);
  expect(sent).toHaveLength(3);
  expect((await carried.arrived()).sort()).toEqual(wires.map((wire) => wire.id).sort());
});

test("codes take no sounds along, however much there is", async () => {
  const voice = { ...(await sound(60_000)), sealed: "k1" };
  await carried.take([sealed("AAAA", [voice.sha256])], [voice]);
  const both = await load(phone.storage, carried);
  expect(both.media).toHaveLength(1);
  expect(await codesOf(both)).toHaveLength(1);
});

test("by file: sealed sounds travel too and go up after the text, under the carrier's own token", async () => {
  const voice = { ...(await sound(40_000)), sealed: "k1" };
  const wire = sealed("AAAA", [voice.sha256]);
  const file = await fileOf({ reports: [wire], media: [voice] }, AT);
  expect([file.name, file.type]).toEqual(["mulian-202611210130.txt", "text/plain"]);
  expect(await takeText(await file.text(), phone.storage, carried, AT.getTime())).toEqual({ reports: 1, media: 1, arrived: 0 });
  expect(await carried.arrived()).toEqual([]);
  await sync();
  expect(phone.server.files.complete(voice.sha256)).toHaveLength(40_000);
  expect(phone.server.files.sealed.get(voice.sha256)).toBe("k1");
  expect(await carried.arrived()).toEqual([wire.id]);
});

test("bytes that are not those of their name, and files no report names, are not taken", async () => {
  const voice = { ...(await sound(500)), sealed: "k1" };
  const other = { ...voice, sha256: "0".repeat(64) };
  const wire = sealed("AAAA", [other.sha256]);
  const taken = await takeText(toLines({ reports: [wire], media: [voice, other] }), phone.storage, carried, AT.getTime());
  expect(taken).toEqual({ reports: 1, media: 0, arrived: 0 });
  expect(await takeText("{}", phone.storage, carried, AT.getTime())).toBeNull();
  expect(await takeText("<html>", phone.storage, carried, AT.getTime())).toBeNull();
});

test("one's own reports coming back are not carried; hearsay that they arrived changes no mark and stops no sending", async () => {
  const own = await phone.report({ text: "mine" });
  await takeText(toLines({ reports: [sealed()], arrived: [own.id, uuid7(1)] }), phone.storage, carried, AT.getTime());
  expect([...(await carried.heard())]).toEqual([own.id]);
  expect((await phone.storage.unsent(5)).map((command) => command.id)).toEqual([own.id]);
  await phone.storage.setState({ device: FROM });
  expect((await takeText(toLines({ reports: [sealed()] }), phone.storage, carried, AT.getTime()))?.reports).toBe(0);
});

test("carried things go on from carrier to carrier, and are let go of a month after they arrived", async () => {
  const wire = sealed();
  await carried.take([wire], []);
  expect((await load(phone.storage, carried)).reports.map((one) => one.wire)).toEqual([wire.wire]);
  await sync();
  expect((await load(phone.storage, carried)).reports).toEqual([]);
  await carried.purge(new Date(AT.getTime() + 29 * 86_400_000));
  expect(await carried.wires()).toHaveLength(1);
  await carried.purge(new Date(AT.getTime() + 31 * 86_400_000));
  expect(await carried.wires()).toEqual([]);
});

test("after a restore of the county carried reports go up again", async () => {
  const wire = sealed();
  await carried.take([wire], []);
  await sync();
  phone.server.restore([wire.id]);
  await sync();
  expect(phone.server.taken.get(wire.id)).toBe(wire.wire);
});

test("too much for codes is said before anybody waits", async () => {
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(40_000))).toString("base64");
  expect(await codesOf({ reports: [sealed(random), sealed([...random].reverse().join(""))] })).toBeNull();
});

