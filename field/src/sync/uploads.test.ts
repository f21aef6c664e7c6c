import { beforeEach, expect, test } from "vitest";
import { reports } from "../features/cases/reports";
import { standing } from "../outbox/unsent";
import { problem } from "../testing/fake-server";
import { Phone, sound } from "../testing/phone";
import { NoAnswer } from "./transport";

let phone: Phone;
beforeEach(async () => {
  phone = await Phone.fresh();
});

const mark = async (): Promise<string | undefined> => (await reports(phone.storage))[0]?.mark;

/** Lets `count` chunks through, then cuts the line. Returns the way to mend it. */
function cutAfterChunks(count: number): () => void {
  const honest = phone.server.fetch;
  let seen = 0;
  phone.server.fetch = (request) => {
    if (request.method === "PATCH" && ++seen > count) return Promise.reject(new TypeError("network"));
    return honest(request);
  };
  return () => {
    phone.server.fetch = honest;
  };
}

/** Compared as memory: a list of numbers this long takes seconds. */
const same = (held: Uint8Array | undefined, bytes: ArrayBuffer): boolean => held !== undefined && Buffer.from(held).equals(Buffer.from(bytes));
const offsets = (): number[] => phone.server.files.patches.map((patch) => patch.offset);

test("the text goes first; until the sound is complete the mark says so", async () => {
  await phone.report({ text: "x" }, [await sound(120_000)]);
  cutAfterChunks(1);
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await mark()).toBe("text_received");
});

test("an upload goes on where the server's count ends, after the phone's death", async () => {
  const voice = await sound(360_000);
  await phone.report({ text: "x" }, [voice]);
  const mend = cutAfterChunks(2);
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  await phone.restart();
  mend();
  await phone.sync();
  expect(offsets()).toEqual([0, 98_304, 196_608, 294_912]);
  expect(same(phone.server.files.complete(voice.sha256), voice.bytes)).toBe(true);
  expect(await mark()).toBe("received");
});

test("a chunk whose reply was lost is not sent twice", async () => {
  const voice = await sound(240_000);
  await phone.report({ text: "x" }, [voice]);
  await phone.sync(() => true);
  const honest = phone.server.fetch;
  let lost = false;
  phone.server.fetch = async (request) => {
    const response = await honest(request);
    if (request.method === "PATCH" && !lost) throw ((lost = true), new TypeError("network"));
    return response;
  };
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  await phone.sync();
  expect(offsets()).toEqual([0, 98_304, 196_608]);
});

test("bytes that broke on the server start again once", async () => {
  const voice = await sound(120_000);
  await phone.report({ text: "x" }, [voice]);
  const honest = phone.server.fetch;
  let broken = false;
  phone.server.fetch = (request) => {
    if (request.method !== "PATCH" || broken) return honest(request);
    broken = true;
    const headers = request.headers;
    return honest(new Request(request.url, { method: "PATCH", headers, body: new Uint8Array(98_304) }));
  };
  await phone.sync();
  expect(offsets()).toEqual([0, 98_304, 0, 98_304]);
  expect(same(phone.server.files.complete(voice.sha256), voice.bytes)).toBe(true);
});

test("a login page in the middle of an upload completes nothing", async () => {
  await phone.report({ text: "x" }, [await sound(20_000)]);
  const honest = phone.server.fetch;
  phone.server.fetch = async (request) => (request.url.includes("/files") ? new Response("<html>", { headers: { "Content-Type": "text/html" } }) : honest(request));
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await mark()).toBe("text_received");
});

test("a new report does not wait for the sounds of an old one", async () => {
  await phone.report({ text: "old" }, [await sound(400_000)]);
  let asked = 0;
  await phone.sync(() => ++asked > 2);
  expect(offsets().length).toBeLessThan(4);
  await phone.report({ text: "new" });
  await phone.sync();
  expect(phone.server.taken.size).toBe(2);
  expect(await mark()).toBe("received");
});

test("a new report makes a piece under way let go of the line; what came of it is not sent again", async () => {
  const voice = await sound(110_000);
  await phone.report({ text: "old" }, [voice]);
  const honest = phone.server.fetch;
  let newer = false;
  phone.server.fetch = async (request) => {
    if (request.method !== "PATCH" || newer) return honest(request);
    await phone.server.files.begin(voice.bytes, voice.mime, 20_000); // so far it came
    newer = true;
    phone.line.letGo();
    request.signal.throwIfAborted();
    return honest(request);
  };
  expect(await phone.sync(() => newer)).toBe("done");
  await phone.report({ text: "new" });
  await phone.sync();
  expect(offsets()).toEqual([20_000]);
  expect(same(phone.server.files.complete(voice.sha256), voice.bytes)).toBe(true);
  expect((await standing(phone.storage)).waiting).toEqual([]);
});

test("a sound another phone began is finished from there", async () => {
  const voice = await sound(180_000);
  await phone.server.files.begin(voice.bytes, voice.mime, 30_000);
  await phone.report({ text: "x" }, [voice]);
  await phone.sync();
  expect(offsets()).toEqual([30_000, 128_304]);
  expect(same(phone.server.files.complete(voice.sha256), voice.bytes)).toBe(true);
});

test("a sound the server will not have stops no other", async () => {
  const [bad, good] = [await sound(900, 1), await sound(900, 2)];
  await phone.report({ text: "bad" }, [bad]);
  await phone.report({ text: "good" }, [good]);
  const honest = phone.server.fetch;
  phone.server.fetch = (request) => {
    const named = request.headers.get("Upload-Metadata")?.includes(btoa(bad.sha256));
    return named ? Promise.resolve(problem(413, "files.too_large")) : honest(request);
  };
  expect(await phone.sync()).toBe("done");
  const marks = Object.fromEntries((await reports(phone.storage)).map((report) => [report.text, report.mark]));
  expect(marks).toEqual({ bad: "part_refused", good: "received" });
});

test("a voice the county cleaned is kept under the name the case gives it", async () => {
  const [cleaned, first] = [await sound(800, 3), await sound(900, 4)];
  phone.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: { answer: { voice: { sha256: first.sha256, seconds: 4 } } } });
  const honest = phone.server.fetch;
  phone.server.fetch = (request) => (request.method === "GET"
    ? Promise.resolve(new Response(cleaned.bytes, { headers: { ETag: `"${cleaned.sha256}"`, "Content-Type": "audio/ogg" } })) : honest(request));
  await phone.sync();
  expect(new Uint8Array((await phone.storage.file(first.sha256))!.bytes)).toEqual(new Uint8Array(cleaned.bytes));
});

test("a sound the server already has costs one question", async () => {
  const voice = await sound(30_000);
  await phone.server.files.give(voice.bytes, voice.mime);
  await phone.report({ text: "x" }, [voice]);
  await phone.sync();
  expect(offsets()).toEqual([]);
  expect(await mark()).toBe("received");
});

test("the county's voice is fetched once, checked by its hash, and kept", async () => {
  const answer = await sound(9_000, 5);
  await phone.server.files.give(answer.bytes, "audio/webm");
  phone.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: { answer: { voice: { sha256: answer.sha256, seconds: 4 } } } });
  await phone.sync();
  expect(new Uint8Array((await phone.storage.file(answer.sha256))!.bytes)).toEqual(new Uint8Array(answer.bytes));
  expect(await mark()).toBe("answered");
});

test("other bytes under the name of the county's voice are not kept", async () => {
  const answer = await sound(900, 6);
  phone.server.change({ op: "put", kind: "case", id: "c1", rev: 1, data: { answer: { voice: { sha256: answer.sha256, seconds: 4 } } } });
  const honest = phone.server.fetch;
  phone.server.fetch = (request) => (request.method === "GET" ? Promise.resolve(new Response("<html>")) : honest(request));
  expect(await phone.sync()).toBe("done");
  expect(await phone.storage.file(answer.sha256)).toBeUndefined();
});

/** Answers PATCH requests from the `from`th on, `times` times, in another way. Returns how often PATCH was asked. */
function instead(from: number, times: number, answer: (request: Request) => Promise<Response>): () => number {
  const honest = phone.server.fetch;
  let seen = 0;
  phone.server.fetch = (request) => {
    if (request.method !== "PATCH") return honest(request);
    return ++seen > from && seen <= from + times ? answer(request) : honest(request);
  };
  return () => seen;
}

const upload = async (sha256: string) => (await phone.storage.uploads()).get(sha256);

test("a server that lost the part in the middle gets it again from the beginning", async () => {
  const voice = await sound(360_000);
  await phone.report({ text: "x" }, [voice]);
  instead(2, 1, async () => (phone.server.files.losePart(), new Response(null, { status: 404, headers: { "Tus-Resumable": "1.0.0" } })));
  await phone.sync();
  expect(offsets()).toEqual([0, 98_304, 0, 98_304, 196_608, 294_912]);
  expect(await mark()).toBe("received");
});

test("a server whose disk keeps losing ground is left alone after a few tries, and nothing is lost", async () => {
  await phone.report({ text: "x" }, [await sound(120_000)]);
  const asked = instead(0, 100, async () => (phone.server.files.losePart(), new Response(null, { status: 409, headers: { "Tus-Resumable": "1.0.0" } })));
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(asked()).toBeLessThan(6);
  expect(await mark()).toBe("text_received");
});

test("all bytes without the county's hash of them are not received", async () => {
  const voice = await sound(900);
  await phone.report({ text: "x" }, [voice]);
  const honest = phone.server.fetch;
  phone.server.fetch = async (request) => {
    const response = await honest(request);
    if (!request.url.includes("/files")) return response;
    const headers = new Headers(response.headers);
    headers.delete("Repr-Digest");
    return new Response(null, { status: response.status, headers });
  };
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect([await mark(), await upload(voice.sha256)]).toEqual(["text_received", { sha256: voice.sha256, offset: 900, complete: false }]);
  phone.server.fetch = honest;
  await phone.sync();
  expect(await mark()).toBe("received");
});

test("another file's hash is no proof of this one", async () => {
  const [voice, other] = [await sound(900), await sound(900, 9)];
  await phone.report({ text: "x" }, [voice]);
  const wrong = `sha-256=:${Buffer.from(other.sha256, "hex").toString("base64")}:`;
  instead(0, 9, async () => new Response(null, { status: 204, headers: { "Tus-Resumable": "1.0.0", "Upload-Offset": "900", "Repr-Digest": wrong } }));
  await expect(phone.sync()).rejects.toThrow(NoAnswer);
  expect(await mark()).toBe("text_received");
});

test("what the county will never take is kept with its reason, asked once, and the counter settles", async () => {
  const voice = await sound(900);
  await phone.report({ text: "x" }, [voice]);
  const honest = phone.server.fetch;
  let asked = 0;
  phone.server.fetch = (request) => (request.url.endsWith("/files") ? (asked++, Promise.resolve(problem(413, "files.too_large"))) : honest(request));
  await phone.sync();
  await phone.sync();
  expect(asked).toBe(1);
  expect((await upload(voice.sha256))?.refused).toEqual({ code: "files.too_large", title: "files.too_large" });
  const { waiting, refused } = await standing(phone.storage);
  expect(waiting).toEqual([]);
  expect(refused.map(({ what, code }) => [what, code])).toEqual([["media", "files.too_large"]]);
  expect(await mark()).toBe("part_refused");
});

test("bytes that are twice not those of their name are refused, not sent for ever", async () => {
  const voice = await sound(900);
  await phone.report({ text: "x" }, [voice]);
  instead(0, 9, async () => new Response(null, { status: 460 }));
  expect(await phone.sync()).toBe("done");
  expect((await upload(voice.sha256))?.refused?.code).toBe("files.wrong_hash");
});

test("a full county disk stops the run and is tried again; a busy file only waits its turn", async () => {
  await phone.report({ text: "x" }, [await sound(120_000)]);
  await phone.report({ text: "y" }, [await sound(120_000, 2)]);
  instead(0, 1, async () => problem(507, "disk_full"));
  await expect(phone.sync()).rejects.toMatchObject({ status: 507 });
  expect(offsets()).toEqual([]);
  instead(0, 1, async () => problem(423, "files.busy"));
  await expect(phone.sync()).rejects.toMatchObject({ status: 423 });
  expect(offsets()).toEqual([0, 98_304]);
  await phone.sync();
  expect((await standing(phone.storage)).waiting).toEqual([]);
});

test("a sealed file says which key it is sealed to, an open one nothing", async () => {
  const sealing = await Phone.enrolled();
  const command = await sealing.report({ text: "x" }, [await sound(900)]);
  await sealing.sync();
  expect(sealing.server.files.sealed.get(command.media[0]!)).toBe("k");
  const voice = await sound(900);
  await phone.report({ text: "x" }, [voice]);
  await phone.sync();
  expect(phone.server.files.sealed.get(voice.sha256)).toBeNull();
});

test("the county hears how much stays behind, and that nothing does any more", async () => {
  await phone.report({ text: "x" }, [await sound(900)]);
  await phone.report({ text: "y" });
  await phone.sync();
  const told = phone.server.requests.map((body) => (JSON.parse(body) as { unsent?: number }).unsent ?? 0);
  expect(told).toEqual([1, 0]);
});
