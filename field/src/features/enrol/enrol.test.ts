import { expect, test } from "vitest";
import { Phone } from "../../testing/phone";
import { Transport } from "../../sync/transport";
import { enrolToken, readRoute } from "../../ui/route";
import { enrol } from "./enrol";

async function attempt(phone: Phone, code: string): Promise<string | null> {
  return enrol(new Transport(phone.server.fetch, "http://127.0.0.1/field/"), phone.storage, code);
}

test("a code connects the phone and brings name, language and the pictures of dangers", async () => {
  const phone = await Phone.fresh();
  await phone.storage.setState({ access: "none", token: null });
  expect(await attempt(phone, "123456")).toBeNull();
  const state = await phone.storage.state();
  expect(state).toMatchObject({ access: "ok", token: "t1", language: "bo", person: { name: "卓玛" }, cursor: null, cold: true });
  expect(state.pack?.hazards.map((one) => one.code)).toContain("snow");
});

test.each([["111111", "used"], ["222222", "unknown"], ["999999", "too_many"]])("code %s: %s", async (code, failure) => {
  expect(await attempt(await Phone.fresh(), code)).toBe(failure);
});

test("a login page connects nothing", async () => {
  const phone = await Phone.fresh();
  phone.server.faults.push("portal");
  expect(await attempt(phone, "123456")).toBe("offline");
});

test("connecting anew keeps every unsent report and sends it", async () => {
  const phone = await Phone.fresh();
  await phone.report();
  phone.server.known = false;
  await phone.sync();
  expect(await attempt(phone, "qr-token")).toBeNull();
  await phone.sync();
  expect(phone.server.taken.size).toBe(1);
});

test("the token of a QR link and the addresses of screens", () => {
  expect(enrolToken("#enrol=aB-3_x.y~z")).toBe("aB-3_x.y~z");
  expect(enrolToken("#/households")).toBeNull();
  expect(readRoute("#/report?urgent=1&household=h1")).toEqual({ screen: "report", household: "h1", add: null, urgent: true, draft: null });
  expect(readRoute("#/case/c1")).toEqual({ screen: "case", id: "c1" });
  expect(readRoute("#nonsense")).toEqual({ screen: "home" });
});
