import { expect, test } from "vitest";
import { Phone } from "../../testing/phone";
import { enrolToken, readRoute } from "../../ui/route";
import { tokenOf } from "./token";

test("a code connects the phone and brings name, language and the pictures of dangers", async () => {
  const phone = await Phone.blank();
  expect(await phone.enrol("123456")).toEqual({ store: "mulian-p1" });
  const state = await phone.storage.state();
  expect(state).toMatchObject({ access: "ok", token: "t1", pushToken: "push", language: "bo", person: { name: "卓玛" }, cursor: null, cold: true });
  expect(state.pack?.hazards.map((one) => one.code)).toContain("snow");
});

test.each([["111111", "used"], ["222222", "unknown"], ["999999", "too_many"]])("code %s: %s", async (code, failure) => {
  expect(await (await Phone.blank()).enrol(code)).toEqual({ failure });
});

test("a login page connects nothing", async () => {
  const phone = await Phone.blank();
  phone.server.faults.push("portal");
  expect(await phone.enrol("123456")).toEqual({ failure: "offline" });
  expect(await phone.people.all()).toEqual([]);
});

test("connecting anew keeps every unsent report and sends it", async () => {
  const phone = await Phone.enrolled();
  await phone.report();
  phone.server.known = false;
  await phone.sync();
  expect(await phone.enrol("qr-token")).toEqual({ store: "mulian-p1" });
  await phone.sync();
  expect(phone.server.taken.size).toBe(1);
});

test("a phone from before there were several people finds its own person again by name", async () => {
  const phone = await Phone.blank();
  await phone.people.meet(null, "卓玛", "mulian");
  await phone.storage.setState({ access: "unknown", token: null });
  await phone.report();
  expect(await phone.enrol("123456")).toEqual({ store: "mulian" });
  expect(await phone.people.all()).toMatchObject([{ store: "mulian", id: "p1", name: "卓玛" }]);
  await phone.sync();
  expect(phone.server.taken.size).toBe(1);
});

test("somebody else's code makes a store of their own, and each sends only their reports", async () => {
  const phone = await Phone.enrolled();
  await phone.report({ text: "first" });
  phone.server.person = { id: "p2", name: "索南", language: "bo" };
  expect(await phone.enrol("123456")).toEqual({ store: "mulian-p2" });
  expect(await phone.storage.commands()).toEqual([]);
  expect((await phone.people.all()).map(({ name, picture }) => [name, picture])).toEqual([["卓玛", 0], ["索南", 1]]);
  await phone.switchTo("mulian-p1");
  expect((await phone.storage.commands()).map((one) => one.body["text"])).toEqual(["first"]);
});

test("the token of a QR link and the addresses of screens", () => {
  expect(enrolToken("#enrol=aB-3_x.y~z")).toBe("aB-3_x.y~z");
  expect(enrolToken("#/households")).toBeNull();
  expect(readRoute("#/report?urgent=1&household=h1")).toEqual({ screen: "report", household: "h1", add: null, urgent: true, draft: null, share: null, campaign: null });
  expect(readRoute("#/case/c1")).toEqual({ screen: "case", id: "c1" });
  expect(readRoute("#nonsense")).toEqual({ screen: "home" });
});

test.each([
  ["https://county.example/field/#enrol=aB-3_x", "aB-3_x"],
  ["https://county.example/field/index.html#enrol=t1", "t1"],
  ["https://county.example/field/#/enrol=t1", "t1"],
  [" 123456 ", "123456"],
  ["https://county.example/field/#/cases", null],
  ["https://evil.example/field/#enrol=t1", null],
  ["http://county.example/field/#enrol=t1", null],
  ["https://county.example/other/#enrol=t1", null],
  ["wxp://f2f0abc", null],
  ["1234567", null],
  ["", null],
])("a scanned %s", (text, token) => {
  expect(tokenOf(text, "https://county.example/field/#/enrol")).toBe(token);
});
