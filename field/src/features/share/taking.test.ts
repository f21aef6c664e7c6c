import { expect, test } from "vitest";
import { Phone } from "../../testing/phone";
import { Locked } from "../../vault/vault";
import { keepShared, readShares } from "./taking";

const AT = 1_000;
const file = (name: string, type: string, size = 5): File => new File([new Uint8Array(size).fill(7)], name, { type });

function form(words: Record<string, string>, ...files: File[]): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(words)) made.append(name, value);
  for (const one of files) made.append("files", one);
  return made;
}

test.each([
  [{ text: "桥断了" }, "桥断了"],
  [{ title: "桥断了", text: "桥断了，过不去" }, "桥断了，过不去"],
  [{ title: "桥断了", text: "桥断了" }, "桥断了"],
  [{ title: "卓玛", text: "桥断了", url: "https://a.example/1" }, "卓玛\n桥断了\nhttps://a.example/1"],
  [{ text: "看 https://a.example/1", url: "https://a.example/1" }, "看 https://a.example/1"],
])("words %j", async (words, text) => {
  expect((await readShares(form(words), AT)).map((share) => share.text)).toEqual([text]);
});

test("words, the first voice and four pictures make one report; what is more makes another", async () => {
  const pictures = [1, 2, 3, 4, 5].map((n) => file(`${n}.jpg`, "image/jpeg"));
  const shares = await readShares(form({ text: "雪" }, file("a.ogg", "audio/ogg; codecs=opus"), ...pictures, file("b.m4a", "audio/x-m4a")), AT);
  expect(shares.map((share) => [share.text, share.files.map((one) => one.mime)])).toEqual([
    ["雪", ["audio/ogg; codecs=opus", "image/jpeg", "image/jpeg", "image/jpeg", "image/jpeg"]], ["", ["audio/x-m4a", "image/jpeg"]],
  ]);
  expect(new Set(shares.map((share) => share.id)).size).toBe(2);
});

test("what no report can hold is not kept: a film, a letter, nothing, too much", async () => {
  const all = [file("a.mp4", "video/mp4"), file("a.pdf", "application/pdf"), file("a.ogg", "audio/ogg", 0), file("b.jpg", "image/jpeg", 13 * 1024 * 1024)];
  expect(await readShares(form({ text: "  " }, ...all), AT)).toEqual([]);
  const [share] = await readShares(form({ text: "雪" }, ...all, file("c.jpg", "image/jpeg")), AT);
  expect(share!.files.map((one) => one.mime)).toEqual(["image/jpeg", ""]);
  expect(await keepShared((await Phone.enrolled()).storage, form({}), AT)).toBeNull();
});

test("it waits closed on a locked phone without network, and goes with the report that was made of it", async () => {
  const phone = await Phone.enrolled();
  await phone.keypad.choosePin("2580");
  await phone.restart();
  const id = await keepShared(phone.storage, form({ text: "转来的话" }, file("a.ogg", "audio/ogg")), AT);
  await expect(phone.storage.shares()).rejects.toThrow(Locked);
  expect(await phone.keypad.unlock("2580")).toBe("open");
  const [share] = await phone.storage.shares();
  expect(share).toMatchObject({ id, text: "转来的话", files: [{ mime: "audio/ogg" }] });
  expect(new Uint8Array(share!.files[0]!.bytes)).toEqual(new Uint8Array(5).fill(7));
  await phone.storage.append({ id: "0199b1f0-0000-7000-8000-000000000009", kind: "cases.report", v: 1, at: "2026-11-21T09:30:00+08:00", after: [], body: { text: "转来的话" } }, [], id!);
  expect(await phone.storage.shares()).toEqual([]);
  await phone.restart();
});

test("thrown away it is gone, and so it is when the PIN is forgotten", async () => {
  const phone = await Phone.enrolled();
  const id = await keepShared(phone.storage, form({ text: "x" }), AT);
  await keepShared(phone.storage, form({ text: "y" }), AT);
  await phone.storage.dropDraft(id!);
  expect((await phone.storage.shares()).map((share) => share.text)).toEqual(["y"]);
  await phone.storage.dropReadable();
  expect(await phone.storage.shares()).toEqual([]);
});

test("the same thing forwarded again while it waits is kept once, another picture is not the same", async () => {
  const { storage } = await Phone.enrolled();
  const first = await keepShared(storage, form({ text: "桥断了" }, file("a.jpg", "image/jpeg")), AT);
  expect(await keepShared(storage, form({ text: "桥断了" }, file("b.jpg", "image/jpeg")), AT + 1)).toBe(first);
  expect(await keepShared(storage, form({ text: "桥断了" }, file("b.jpg", "image/jpeg", 6)), AT + 2)).not.toBe(first);
  expect(await storage.shares()).toHaveLength(2);
});
