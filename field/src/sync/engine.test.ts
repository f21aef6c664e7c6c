import { beforeEach, expect, test } from "vitest";
import { reports } from "../features/cases/reports";
import { Phone, sound } from "../testing/phone";
import { countUnsent } from "../outbox/unsent";
import { NoAnswer, Refusal } from "./transport";

let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
});

const texts = (): string[] => phone.server.requests.map((body) => JSON.stringify((JSON.parse(body) as { commands: unknown[] }).commands));
const mark = async (): Promise<string | undefined> => (await reports(phone.storage))[0]?.mark;

test("a report survives the death of the app before it was sent", async () => {
  const command = await phone.report();
  await phone.restart();
  expect(await phone.sync()).toBe("done");
  expect([...phone.server.taken.keys()]).toEqual([command.id]);
  expect(await mark()).toBe("received");
});

test("a lost reply sends the same bytes again, and one report comes of it", async () => {
  const command = await phone.report({ text: "路断了", urgent: true });
  phone.server.faults.push("lost-reply");
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await mark()).toBe("phone");
  await phone.restart();
  await phone.sync();
  expect(texts()[0]).toBe(texts()[1]);
  expect(phone.server.requests[0]).toContain(command.wire);
  expect(phone.server.taken.size).toBe(1);
  expect(await mark()).toBe("received");
});

test.each(["portal", "portal-json", "cut"] as const)("%s is not success", async (fault) => {
  await phone.report();
  phone.server.faults.push(fault);
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await mark()).toBe("phone");
  expect(await countUnsent(phone.storage)).toBe(1);
});

test.each(["portal", "portal-json"] as const)("%s changes nothing on a phone with nothing to send", async (fault) => {
  await phone.sync();
  const before = await phone.storage.state();
  phone.server.faults.push(fault);
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await phone.storage.state()).toEqual(before);
});

test("an answer that leaves all commands out is not success", async () => {
  await phone.report();
  const honest = phone.server.fetch;
  phone.server.fetch = async (request) => {
    const answer = (await (await honest(request)).json()) as object;
    return Response.json({ ...answer, receipts: [] });
  };
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await mark()).toBe("phone");
});

test("a busy or full server keeps everything on the phone and tells when to come back", async () => {
  await phone.report();
  phone.server.faults.push({ status: 507, code: "disk_full", retryAfter: 30 });
  const error: unknown = await phone.sync().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  expect(error).toMatchObject({ status: 507, code: "disk_full", retryAfter: 30 });
  expect(await mark()).toBe("phone");
});

test("sixty reports go in batches of at most fifty, urgent ones first", async () => {
  for (let index = 0; index < 60; index++) await phone.report({ text: `${index}`, ...(index === 59 && { urgent: true }) });
  await phone.sync();
  const batches = phone.server.requests.map((body) => (JSON.parse(body) as { commands: { body: { text: string } }[] }).commands);
  expect(batches.map((batch) => batch.length)).toEqual([50, 10]);
  expect(batches[0]?.[0]?.body.text).toBe("59");
  expect(await countUnsent(phone.storage)).toBe(0);
});

test("one refused command stops nobody and shows its reason", async () => {
  phone.server.judge = (command) => (command.body["text"] === "bad"
    ? { verdict: "refused", code: "bad_body", message: "内容无法读取" } : { verdict: "applied" });
  const voices = [await sound(900, 1), await sound(900, 2)];
  await phone.report({ text: "bad" }, [voices[0]!]);
  await phone.report({ text: "good" }, [voices[1]!]);
  await phone.sync();
  expect(phone.server.files.patches.map((patch) => patch.name)).toEqual([voices[1]!.sha256, voices[0]!.sha256]);
  const byText = Object.fromEntries((await reports(phone.storage)).map((report) => [report.text, report]));
  expect(byText["good"]?.mark).toBe("received");
  expect(byText["bad"]).toMatchObject({ mark: "refused", receipt: { code: "bad_body", message: "内容无法读取" } });
});

test("a parked command stays on the phone's mark until its late verdict comes", async () => {
  const first = await phone.report({ text: "first" });
  const command = await phone.report({ text: "later", urgent: true }, [], [first.id]); // urgent: it overtakes
  const mark = async () => (await reports(phone.storage)).find((report) => report.id === command.id)?.mark;
  await phone.sync();
  expect(await mark()).toBe("phone");
  phone.server.change({ op: "put", kind: "receipt", id: command.id, rev: 1, data: { verdict: "applied", refs: { case: command.id } } });
  await phone.sync();
  expect(await mark()).toBe("received");
});

test("after a restore of the server everything kept goes up again and the pull starts anew", async () => {
  const command = await phone.report({ text: "雪很大" }, [await sound(20_000)]);
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 7, data: { name: "才让" } });
  phone.server.change({ op: "put", kind: "household", id: "gone", rev: 1, data: { name: "索南" } });
  await phone.sync();
  phone.server.restore([command.id]);
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 3, data: { name: "旧" } });
  phone.server.change({ op: "drop", kind: "household", id: "gone" });
  await phone.sync();
  expect(phone.server.taken.get(command.id)).toBe(command.wire);
  expect(phone.server.files.complete(command.media[0]!)).toHaveLength(20_000);
  expect((await phone.storage.things("household")).map((thing) => thing.data["name"])).toEqual(["旧"]);
  expect((await phone.storage.state()).epoch).toBe("epoch-2");
  expect(await mark()).toBe("received");
});

test("what a restored server only called received is asked for again: its verdict came before the new pull began", async () => {
  await phone.sync();
  phone.server.restore([]);
  const command = await phone.report();
  phone.server.judge = () => ({ verdict: "received" });
  const before = phone.server.requests.length;
  await phone.sync();
  expect(phone.server.requests.slice(before).filter((body) => body.includes(command.id))).toHaveLength(2);
});

test("an unknown token keeps the outbox, and a new enrolment sends it", async () => {
  await phone.report();
  phone.server.known = false;
  expect(await phone.sync()).toBe("unknown_device");
  expect(await phone.storage.state()).toMatchObject({ access: "unknown", token: null });
  expect(await phone.sync()).toBe("not_enrolled");
  phone.server.known = true;
  await phone.storage.setState({ access: "ok", token: "t2" });
  await phone.sync();
  expect(phone.server.taken.size).toBe(1);
});

test("a revoked phone sends what it has, then forgets everything", async () => {
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 1, data: { name: "才让" } });
  await phone.sync();
  for (let index = 0; index < 55; index++) await phone.report({ text: `${index}` });
  const voice = await sound(5_000);
  await phone.report({ text: "voice" }, [voice]);
  phone.server.revoked = true;
  expect(await phone.sync()).toBe("wiped");
  expect(phone.server.taken.size).toBe(56);
  expect(phone.server.files.complete(voice.sha256)).toHaveLength(5_000);
  expect(await phone.storage.commands()).toEqual([]);
  expect(await phone.storage.things("household")).toEqual([]);
  expect(await phone.storage.state()).toMatchObject({ access: "none", token: null });
  expect(phone.removed).toBe(1);
});

test("a wipe cut short hides the county's data at once and loses no report", async () => {
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 1, data: { name: "才让" } });
  await phone.sync();
  for (let index = 0; index < 55; index++) await phone.report({ text: `${index}` });
  phone.server.revoked = true;
  const honest = phone.server.fetch;
  let calls = 0;
  phone.server.fetch = (request) => (++calls === 2 ? Promise.reject(new TypeError("network")) : honest(request));
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await phone.storage.things("household")).toEqual([]);
  expect(await phone.storage.state()).toMatchObject({ access: "wiping" });
  await phone.restart();
  expect(await phone.sync()).toBe("wiped");
  expect(phone.server.taken.size).toBe(55);
});

test("sent commands are kept for 30 days by the server's clock, then go with their sounds", async () => {
  const voice = await sound(1_000);
  await phone.report({ text: "old" }, [voice]);
  await phone.sync();
  phone.server.now = "2026-12-20T10:00:00+08:00";
  await phone.sync();
  expect(await phone.storage.commands()).toHaveLength(1);
  phone.server.now = "2026-12-22T10:00:00+08:00";
  await phone.sync();
  expect(await phone.storage.commands()).toEqual([]);
  expect(await phone.storage.media(voice.sha256)).toBeUndefined();
});

test("nothing new costs one small request, whatever the phone holds", async () => {
  for (let index = 0; index < 45; index++) phone.server.change({ op: "put", kind: "household", id: `h${index}`, rev: 1, data: { name: "x".repeat(500) } });
  await phone.sync();
  expect(await phone.storage.things("household")).toHaveLength(45);
  const before = phone.server.requests.length;
  await phone.sync();
  expect(phone.server.requests.length - before).toBe(1);
  expect(phone.server.requests.at(-1)!.length).toBeLessThan(120);
});

const pulls = (): number => phone.server.requests.length;

test("what a command made comes in the same run though the county numbered it after its answer", async () => {
  phone.server.judge = (command) => ({ verdict: "applied", refs: { household: String(command.body["household"] ?? command.id) } });
  phone.server.change({ op: "put", kind: "household", id: "h1", rev: 1, data: { name: "才让" } });
  await phone.sync();
  await phone.report({ household: "h1" });
  const honest = phone.server.fetch;
  phone.server.fetch = async (request) => {
    const answer = await honest(request);
    if (pulls() === 2) phone.server.change({ op: "patch", kind: "household", id: "h1", rev: 2, base: 1, data: { camp: { id: "c1" } } });
    return answer;
  };
  await phone.sync();
  expect((await phone.storage.thing("household", "h1"))?.data["camp"]).toEqual({ id: "c1" });
  expect(pulls()).toBe(3);
});

test("a thing that never comes is asked for once more, not for ever; one that came with the answer is not asked for at all", async () => {
  phone.server.judge = (command) => ({ verdict: "applied", refs: { case: command.id } });
  await phone.report();
  await phone.sync();
  expect(pulls()).toBe(2);
  const honest = phone.server.fetch;
  phone.server.fetch = async (request) => {
    if (pulls() === 2) phone.server.change({ op: "put", kind: "case", id: here.id, rev: 1, data: {} });
    return honest(request);
  };
  const here = await phone.report();
  await phone.sync();
  expect(pulls()).toBe(3);
});

test("a locked phone, which gets no things, does not ask for them", async () => {
  phone.server.judge = (command) => ({ verdict: "applied", refs: { case: command.id } });
  await phone.lock();
  await phone.report();
  await phone.sync();
  expect(pulls()).toBe(1);
});

test("a report only taken in is awaited once by the run that sent it, and settled by the next", async () => {
  phone.server.judge = () => ({ verdict: "received" });
  await phone.report();
  expect(await phone.sync()).toBe("awaited");
  expect(await phone.sync()).toBe("done");
  phone.server.judge = () => ({ verdict: "applied" });
  await phone.report();
  expect(await phone.sync()).toBe("done");
});
