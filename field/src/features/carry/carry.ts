/** Handing reports over and taking them in, without screens. */
import { standing } from "../../outbox/unsent";
import type { MediaPart, Outgoing } from "../../outbox/command";
import type { Storage } from "../../store/storage";
import type { CarriedWire } from "../../sync/carried";
import { isSealed, pack, readLines, toLines, unpack, type Bundle } from "./bundle";
import { MOST_FRAMES, toFrames } from "./frames";
import type { CarriedStore } from "./shelf";

/** More carried reports than anybody collects in a week; a phone is no post office. */
const MOST = 500;

export interface Load {
  readonly reports: readonly (Outgoing | CarriedWire)[];
  /** Sounds and photos that only a file can take along. */
  readonly media: readonly MediaPart[];
}

/** What waits on this phone and may travel: own sealed reports, and those taken for others. */
export async function load(storage: Storage, carried: CarriedStore): Promise<Load> {
  const [{ waiting }, foreign, uploads] = await Promise.all([standing(storage), carried.unsent(MOST), storage.uploads()]);
  const own = waiting.map(({ command }) => command).filter((command) => isSealed(command.wire));
  const names = own.flatMap((command) => command.media).filter((name) => !uploads.get(name)?.complete);
  const parts = await Promise.all([...names.map((name) => storage.media(name)), ...foreign.flatMap((wire) => wire.media).map((name) => carried.media(name))]);
  return { reports: [...own, ...foreign], media: parts.filter((part) => part?.sealed !== undefined && !part.paper) as MediaPart[] };
}

/** The codes to show, or null when it is too much for codes. */
export async function codesOf(content: { readonly reports?: Load["reports"]; readonly arrived?: readonly string[] }): Promise<string[] | null> {
  const { reports = [], arrived = [] } = content; // never its sounds: they would be minutes of codes
  const frames = await toFrames(await pack(toLines({ reports, arrived })));
  return frames.length <= MOST_FRAMES ? frames : null;
}

/** The same with sounds and photos. Plain text: no phone refuses to pass that on. */
export async function fileOf({ reports, media }: Load, at: Date): Promise<File> {
  const name = `mulian-${at.toISOString().slice(0, 16).replace(/\D/g, "")}.txt`;
  return new File([toLines({ reports, media })], name, { type: "text/plain" });
}

export interface Taken {
  readonly reports: number;
  readonly media: number;
  /** Own reports the other phone says have arrived. */
  readonly arrived: number;
}

export async function takeCodes(whole: Uint8Array<ArrayBuffer>, storage: Storage, carried: CarriedStore, at: number): Promise<Taken | null> {
  const text = await unpack(whole).catch(() => null);
  return text === null ? null : takeText(text, storage, carried, at);
}

/** Keeps what came for others and remembers the news for oneself; null when this is no bundle. */
export async function takeText(text: string, storage: Storage, carried: CarriedStore, at: number): Promise<Taken | null> {
  const bundle = await readLines(text, at);
  return bundle && keep(bundle, storage, carried);
}

async function keep(bundle: Bundle, storage: Storage, carried: CarriedStore): Promise<Taken> {
  const [{ device }, own, held] = [await storage.state(), await storage.outgoing(), await carried.wires()];
  const mine = new Set(own.map((command) => command.id));
  const wires = bundle.wires.filter((wire) => wire.from !== device && !mine.has(wire.id)).slice(0, MOST - held.length);
  const named = new Set([...held, ...wires].flatMap((wire) => wire.media));
  const media = bundle.media.filter((part) => named.has(part.sha256));
  await carried.take(wires, media);
  const arrived = bundle.arrived.filter((id) => mine.has(id));
  await carried.hear(arrived);
  return { reports: wires.length, media: media.length, arrived: arrived.length };
}
