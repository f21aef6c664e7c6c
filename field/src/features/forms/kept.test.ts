/** Forms come once, by the hash of their bytes, and stay while anything names them. */
import { expect, test } from "vitest";
import { sha256 } from "../../outbox/digest";
import { FormSounds, KeptForms, offered } from "./kept";

const BASE = "http://127.0.0.1/field/";

/** The phone's shelves, as far as forms use them. */
function shelves() {
  const held = new Map<string, Response>();
  const shelf = {
    match: async (address: string) => held.get(address)?.clone(), put: async (address: string, answer: Response) => void held.set(address, answer),
    keys: async () => [...held.keys()].map((address) => new Request(address)), delete: async (request: Request) => held.delete(request.url),
  };
  return { held, open: async () => shelf as unknown as Cache };
}

async function county(...forms: object[]) {
  const all = new Map<string, string>();
  for (const form of forms) {
    const said = JSON.stringify(form);
    all.set(await sha256(new TextEncoder().encode(said).buffer as ArrayBuffer), said);
  }
  const asked: string[] = [];
  const fetch = async ({ url }: Request): Promise<Response> => {
    const name = url.slice(url.lastIndexOf("/") + 1);
    asked.push(name);
    return all.has(name) ? new Response(all.get(name)) : new Response("nothing", { status: 404 });
  };
  return { names: [...all.keys()], asked, fetch };
}

const form = (id: string, type = "text") => ({ id, version: "1", title: {}, about: "none", items: [{ name: "q", type, label: {} }] });

test("a form is fetched once, read without network, and goes when nothing names it", async () => {
  const [place, server] = [shelves(), await county(form("a"), form("b"), form("new", "geoshape"))];
  const kept = new KeptForms(BASE, server.fetch, place);
  expect(await kept.read(server.names[0]!)).toBeNull();
  expect(await kept.refresh(new Set(server.names), () => true)).toBe(true);
  expect(await kept.refresh(new Set(server.names), () => true)).toBe(true);
  expect(server.asked).toEqual(server.names);
  expect(await kept.read(server.names[0]!)).toMatchObject({ id: "a" });
  expect(await kept.read(server.names[2]!)).toBe("newer");
  await kept.refresh(new Set([server.names[1]!]), () => true);
  expect([...place.held.keys()]).toEqual([`${BASE}forms/${server.names[1]}`]);
});

test("a login page that also says 200 is not kept; reports go first", async () => {
  const place = shelves();
  const kept = new KeptForms(BASE, async () => new Response("<html>hotel</html>"), place);
  expect(await kept.refresh(new Set(["a".repeat(64)]), () => true)).toBe(false);
  const server = await county(form("a"));
  expect(await new KeptForms(BASE, server.fetch, place).refresh(new Set(server.names), () => false)).toBe(false);
  expect([place.held.size, server.asked]).toEqual([0, []]);
});

test("rows without a hash are none", () => {
  const row = (data: object) => ({ kind: "form", id: "x", rev: 1, round: 1, data: data as Record<string, unknown> });
  expect(offered([row({ form: "visit", version: "2", title: { zh: "走访" }, about: "household", sha256: "b".repeat(64), size: 7 }), row({ form: "bad", sha256: "../x" })])).toEqual([
    { form: "visit", version: "2", title: { zh: "走访" }, about: "household", sha256: "b".repeat(64), declared: [] },
  ]);
});

test("a label is said by the form's own recording, else by the county's; whatever the marks, never half of it", async () => {
  const bytes = "sound";
  const name = await sha256(new TextEncoder().encode(bytes).buffer as ArrayBuffer);
  const spoken = { ...form("a"), items: [{ name: "q", type: "text", label: { zh: "户主", bo: "ཁྱིམ་བདག" }, media: { audio: { bo: name } } }] };
  const [place, server] = [shelves(), await county(spoken)];
  const fetch = async (request: Request): Promise<Response> => (request.url.endsWith(name) ? new Response(bytes) : server.fetch(request));
  const kept = new KeptForms(BASE, fetch, place);
  expect(await kept.refresh(new Set(server.names), () => true)).toBe(true);
  place.held.delete(`${BASE}forms/${name}`);
  expect([await kept.bytes(name), await (await kept.shown(name))?.text()]).toEqual([null, bytes]);
  const voice = new FormSounds({ cover: async (_language, label) => (label === "户主" ? [new Blob(["county"])] : null) }, kept);
  const said = async (language: "bo" | "zh-Hans", label: string) => (await Promise.all(((await voice.cover(language, label)) ?? []).map((blob) => blob.text()))).join();
  expect([await said("bo", "ཁྱིམ་བདག།"), await said("zh-Hans", "户主"), await said("bo", "ཁྱིམ"), await said("zh-Hans", "成员")]).toEqual(["sound", "county", "", ""]);
});
