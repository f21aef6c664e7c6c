import { expect, test } from "vitest";
import { KeptPhrases, type Shelves } from "./phrases";

const BASE = "http://phone.test/field/";
const NAME = (letter: string): string => letter.repeat(64);

/** One shelf in memory, as Cache Storage keeps responses by address. */
function shelves(): { shelves: Shelves; held: Map<string, Response> } {
  const held = new Map<string, Response>();
  const address = (request: Request | string): string => (typeof request === "string" ? request : request.url);
  const cache = {
    match: async (request: Request | string) => held.get(address(request))?.clone(),
    put: async (request: Request | string, response: Response) => void held.set(address(request), response),
    delete: async (request: Request | string) => held.delete(address(request)),
    keys: async () => [...held.keys()].map((url) => new Request(url)),
  };
  return { shelves: { open: async () => cache as unknown as Cache }, held };
}

/** A county that has recorded these words. */
function county(recorded: Record<string, string>): { asked: string[]; fetch: (request: Request) => Promise<Response>; recorded: Record<string, string> } {
  const asked: string[] = [];
  const here = { asked, recorded, fetch: async (request: Request) => {
    const path = request.url.slice(BASE.length);
    asked.push(path);
    if (path === "phrases/bo") return Response.json({ v: 1, sounds: Object.entries(here.recorded).map(([words, sha256]) => ({ words, sha256 })) });
    return new Response(path.slice(-3), { headers: { "Content-Type": "audio/webm" } });
  } };
  return here;
}

const yes = (): boolean => true;
const said = async (phrases: KeptPhrases, label: string): Promise<string[] | null> => {
  const sounds = await phrases.cover("bo", label);
  return sounds && Promise.all(sounds.map((sound) => sound.text()));
};

test("recordings are fetched once and speak without network", async () => {
  const server = county({ "ཉར་ཚགས": NAME("a"), "3": NAME("b") });
  const { shelves: here } = shelves();
  const phrases = new KeptPhrases(BASE, server.fetch, here);
  expect(await said(phrases, "ཉར་ཚགས།")).toBe(null);
  expect(await phrases.refresh("bo", yes)).toBe(true);
  expect(await phrases.refresh("bo", yes)).toBe(true);
  expect(server.asked.filter((path) => path.endsWith("a"))).toHaveLength(1);
  const offline = new KeptPhrases(BASE, () => Promise.reject(new TypeError()), here);
  expect(await said(offline, "ཉར་ཚགས 3")).toEqual(["aaa", "bbb"]);
});

test("what the county dropped or spoke anew is followed", async () => {
  const server = county({ "ཉར་ཚགས": NAME("a") });
  const { shelves: here, held } = shelves();
  const phrases = new KeptPhrases(BASE, server.fetch, here);
  await phrases.refresh("bo", yes);
  server.recorded = { "ཉར་ཚགས": NAME("c") };
  await phrases.refresh("bo", yes);
  expect(await said(phrases, "ཉར་ཚགས")).toEqual(["ccc"]);
  expect([...held.keys()].some((url) => url.endsWith(NAME("a")))).toBe(false);
});

test("a report goes first: between two sounds the fetching stops, and goes on later", async () => {
  const server = county({ "ཀ": NAME("a"), "ཁ": NAME("b") });
  const phrases = new KeptPhrases(BASE, server.fetch, shelves().shelves);
  let left = 1;
  expect(await phrases.refresh("bo", () => left-- > 0)).toBe(false);
  expect([await said(phrases, "ཀ"), await said(phrases, "ཁ")]).toEqual([["aaa"], null]);
  expect(await phrases.refresh("bo", yes)).toBe(true);
  expect(await said(phrases, "ཁ")).toEqual(["bbb"]);
});

test("a login page is neither a list nor a sound", async () => {
  const portal = async (): Promise<Response> => new Response("<html>", { headers: { "Content-Type": "text/html" } });
  const { shelves: here, held } = shelves();
  expect(await new KeptPhrases(BASE, portal, here).refresh("bo", yes)).toBe(false);
  expect(held.size).toBe(0);
  expect(await new KeptPhrases(BASE, portal, here).refresh("en", yes)).toBe(true);
});
