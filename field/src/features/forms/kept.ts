/**
 * Forms on this phone: the county names each by the hash of its bytes, so what lies here is never fetched twice and never
 * another's. They are fetched after everything else; a draft's own version stays until it is sent.
 */
import { sha256 } from "../../outbox/digest";
import type { Storage, Thing } from "../../store/storage";
import type { Sender } from "../../sync/sender";
import { isRecord } from "../../sync/wire";
import type { Language } from "../../i18n/translate";
import type { Shelves } from "../../ui/phrases";
import { tokens } from "../../ui/spoken";
import type { Phrases } from "../../ui/voice";
import { readDefinition, type Definition, type Words } from "./definition";

const CACHE = "mulian-forms";
const HASH = /^[0-9a-f]{64}$/;

/** A form the county offers: what the list shows before the form itself is here. */
export interface Offered {
  readonly form: string;
  readonly version: string;
  readonly title: Words;
  readonly about: string;
  readonly sha256: string;
  /** What people passing through may be asked for now, beside a service. */
  readonly declared: readonly string[];
}

export function offered(rows: readonly Thing[]): Offered[] {
  return rows.filter((row) => HASH.test(String(row.data["sha256"]))).map(({ id, data }) => ({
    form: String(data["form"] ?? id), version: String(data["version"] ?? ""), title: (isRecord(data["title"]) ? data["title"] : {}) as Words,
    about: String(data["about"] ?? "none"), sha256: String(data["sha256"]),
    declared: Array.isArray(data["declared"]) ? data["declared"].map(String) : [],
  }));
}

export class KeptForms {
  private readonly open = new Map<string, Promise<Definition | "newer" | null>>();

  /** `base`: the app's own address, ending in a slash. */
  constructor(private readonly base: string, private readonly fetch: (request: Request) => Promise<Response>, private readonly shelves: Shelves) {}

  /** Null while it is not on this phone. */
  read(name: string): Promise<Definition | "newer" | null> {
    const held = this.open.get(name) ?? this.bytes(name).then(async (found) => (found ? readDefinition(parsed(await found.text())) : null));
    this.open.set(name, held);
    void held.then((form) => form ?? this.open.delete(name), () => this.open.delete(name));
    return held;
  }

  /** For somebody who waits for it: fetched now when it is not here yet. */
  async get(name: string): Promise<Definition | "newer" | null> {
    const held = await this.read(name);
    return held ?? ((await this.bring(name, () => true)) ? this.read(name) : null);
  }

  /** A form, or a sound or picture of its labels; null while it is not here. */
  async bytes(name: string): Promise<Blob | null> {
    const shelf = await this.shelves.open(CACHE);
    return (await (await shelf.match(this.address(name)))?.blob()) ?? null;
  }

  /** A picture for somebody who looks: fetched now when it is not here yet, so that none stays away for want of patience. */
  async shown(name: string): Promise<Blob | null> {
    return (await this.bytes(name)) ?? ((await this.bring(name, () => true)) ? this.bytes(name) : null);
  }

  /** The recording that a form opened on this phone has for exactly these words, or null. */
  async sound(language: Language, words: string): Promise<readonly Blob[] | null> {
    const code = language === "zh-Hans" ? "zh" : language;
    const same = tokens(words).join(" ");
    for (const form of await Promise.all(this.open.values())) {
      if (!form || form === "newer") continue;
      const labelled = [...form.nodes.values()].flatMap((node) => [node, ...node.choices]);
      const name = labelled.find((one) => one.media?.["audio"]?.[code] && tokens(one.label[code] ?? "").join(" ") === same)?.media?.["audio"]?.[code];
      const sound = name && (await this.bytes(name));
      if (sound) return [sound];
    }
    return null;
  }

  /** Brings what is missing and drops what nothing names. `wanted` is asked before each. False: something is still missing. */
  async refresh(names: ReadonlySet<string>, wanted: () => boolean): Promise<boolean> {
    for (const name of names) if (!(await this.bring(name, wanted))) return false;
    const all = new Set(names);
    for (const name of names) {
      const form = await this.read(name);
      for (const part of form && form !== "newer" ? mediaOf(form) : []) {
        all.add(part);
        if (!(await this.bring(part, wanted))) return false;
      }
    }
    const shelf = await this.shelves.open(CACHE);
    for (const held of await shelf.keys()) if (!all.has(held.url.slice(held.url.lastIndexOf("/") + 1))) await shelf.delete(held);
    return true;
  }

  private async bring(name: string, wanted: () => boolean): Promise<boolean> {
    const shelf = await this.shelves.open(CACHE);
    const address = this.address(name);
    if (await shelf.match(address)) return true;
    if (!wanted()) return false;
    const answer = await this.fetch(new Request(address, { redirect: "error" })).catch(() => null);
    if (!answer?.ok) return false;
    const bytes = await answer.arrayBuffer();
    // A login page also says 200.
    if ((await sha256(bytes)) !== name) return false;
    await shelf.put(address, new Response(bytes, { headers: { "Content-Type": answer.headers.get("Content-Type") ?? "application/json" } }));
    return true;
  }

  private address = (name: string): string => `${this.base}forms/${name}`;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Sounds and pictures of its labels, by their hashes. */
export function mediaOf(form: Definition): Set<string> {
  const all = [...form.nodes.values()].flatMap((node) => [node.media, ...node.choices.map((choice) => choice.media ?? {})]);
  return new Set(all.flatMap((media) => Object.values(media).flatMap((names) => Object.values(names))).filter((name) => HASH.test(name)));
}

/** The form's own recording of its label; where it has none, the county's of the same words. */
export class FormSounds implements Phrases {
  constructor(private readonly county: Phrases, private readonly kept: KeptForms) {}

  async cover(language: Language, label: string): Promise<readonly Blob[] | null> {
    return (await this.kept.sound(language, label)) ?? this.county.cover(language, label);
  }
}

/** Forms are fetched when a sync left nothing to send; what failed is tried after the next one. */
export function keepForms(kept: KeptForms, storage: Storage, sender: Sender): void {
  let running = false;
  const look = async (): Promise<void> => {
    if (running || sender.state !== "idle" || storage.locked) return;
    running = true;
    try {
      const rows = offered(await storage.things("form"));
      const begun = (await storage.formDrafts()).map(({ said }) => String(said["sha256"]));
      const names = new Set([...rows.map((one) => one.sha256), ...begun]);
      await kept.refresh(names, () => sender.state === "idle");
    } finally {
      running = false;
    }
  };
  sender.onChange(() => void look().catch(() => undefined));
}
