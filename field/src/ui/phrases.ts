/**
 * Recorded labels on this phone. They are fetched after everything else, one by one, the most important first, and kept
 * beside the fonts; what is on the phone speaks without network.
 */
import type { Language } from "../i18n/translate";
import { isRecord } from "../sync/wire";
import { Phrasebook } from "./spoken";
import type { Phrases } from "./voice";

const CACHE = "mulian-phrases";
const RECORDED: readonly Language[] = ["bo", "zh-Hans"];

interface Listed {
  readonly words: string;
  readonly sha256: string;
}

/** The Cache Storage of the browser, or what stands for it in a test. */
export type Shelves = Pick<CacheStorage, "open">;

export class KeptPhrases implements Phrases {
  private readonly books = new Map<Language, Promise<Phrasebook<string>>>();

  /** `base`: the app's own address, ending in a slash. */
  constructor(private readonly base: string, private readonly fetch: (request: Request) => Promise<Response>, private readonly shelves: Shelves) {}

  async cover(language: Language, label: string): Promise<readonly Blob[] | null> {
    const book = await this.book(language);
    const addresses = book.cover(label);
    if (!addresses) return null;
    const shelf = await this.shelves.open(CACHE);
    const sounds = await Promise.all(addresses.map(async (address) => (await shelf.match(address))?.blob()));
    return sounds.every((sound) => sound !== undefined) ? sounds : null;
  }

  /**
   * Brings what is missing and drops what the county no longer has. `wanted` is asked between two sounds: whatever else
   * the phone has to send goes first. Ends early without a word when there is no network.
   */
  async refresh(language: Language, wanted: () => boolean): Promise<boolean> {
    if (!RECORDED.includes(language)) return true;
    const shelf = await this.shelves.open(CACHE);
    const listed = await this.list(shelf, language);
    if (!listed) return false;
    this.books.delete(language);
    const addresses = new Set(listed.map((one) => this.address(language, one.sha256)));
    for (const held of await shelf.keys()) {
      if (held.url.startsWith(`${this.folder(language)}/`) && !addresses.has(held.url)) await shelf.delete(held);
    }
    for (const address of addresses) {
      if (!wanted()) return false;
      if (!(await shelf.match(address)) && !(await this.bring(shelf, address))) return false;
    }
    return true;
  }

  private async bring(shelf: Cache, address: string): Promise<boolean> {
    const answer = await this.fetch(new Request(address, { redirect: "error" })).catch(() => null);
    if (!answer?.ok || !answer.headers.get("Content-Type")?.startsWith("audio/")) return false;
    await shelf.put(address, answer);
    return true;
  }

  /** The list from the county, kept for the next start; null without one. */
  private async list(shelf: Cache, language: Language): Promise<Listed[] | null> {
    const address = this.folder(language);
    const answer = await this.fetch(new Request(address, { redirect: "error", cache: "no-cache" })).catch(() => null);
    if (!answer?.ok) return null;
    const listed = await read(answer.clone());
    if (listed) await shelf.put(address, answer);
    return listed;
  }

  private book(language: Language): Promise<Phrasebook<string>> {
    const held = this.books.get(language);
    if (held) return held;
    const made = this.open(language);
    this.books.set(language, made);
    return made;
  }

  private async open(language: Language): Promise<Phrasebook<string>> {
    const book = new Phrasebook<string>();
    const shelf = await this.shelves.open(CACHE);
    const list = await shelf.match(this.folder(language));
    for (const one of (list && (await read(list))) ?? []) book.add(one.words, this.address(language, one.sha256));
    return book;
  }

  private folder = (language: Language): string => `${this.base}phrases/${language}`;
  private address = (language: Language, sha256: string): string => `${this.folder(language)}/${sha256}`;
}

/** The list, or null when this is another page (a hotel's login also says 200). */
async function read(answer: Response): Promise<Listed[] | null> {
  const body: unknown = await answer.json().catch(() => null);
  if (!isRecord(body) || !Array.isArray(body["sounds"])) return null;
  return body["sounds"].filter((one): one is Listed => isRecord(one) && typeof one["words"] === "string" && /^[0-9a-f]{64}$/.test(String(one["sha256"])));
}
