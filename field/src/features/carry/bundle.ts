/**
 * A bundle: what one phone gives another to carry. Lines of JSON, packed for QR codes, plain for a file.
 *
 * Only sealed reports travel, exactly as they lie in the outbox: who carries them reads nothing, and the same bytes by
 * two roads are one report. Only a file holds sounds and photos; pictures of papers stay on their own phone.
 */
import { sha256 } from "../../outbox/digest";
import type { MediaPart, Outgoing } from "../../outbox/command";
import type { CarriedWire } from "../../sync/carried";
import { isRecord } from "../../sync/wire";

/** As much of a report as the server takes (core/sync/wire.py). */
const LONGEST = 64 * 1024;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const HASH = /^[\da-f]{64}$/;

export interface Bundle {
  readonly wires: readonly CarriedWire[];
  readonly media: readonly MediaPart[];
  /** Ids of reports that have reached the county, as the phone that carried them says. */
  readonly arrived: readonly string[];
}

interface Content {
  readonly reports: readonly (Outgoing | CarriedWire)[];
  readonly media?: readonly MediaPart[];
  readonly arrived?: readonly string[];
}

/** Whether a report may leave in somebody else's hands: its bytes are a box and nothing else. */
export function isSealed(wire: string): boolean {
  return readWire(wire) !== null;
}

export function toLines({ reports, media = [], arrived = [] }: Content): string {
  const head = JSON.stringify({ mulian: 1 });
  const lines = reports.filter(({ wire }) => isSealed(wire)).map(({ wire, urgent, media: names, ...one }) => JSON.stringify({ wire, urgent, media: "paper" in one ? [] : names }));
  const files = media.filter((part) => part.sealed && !part.paper).map(({ sha256: file, mime, sealed, bytes }) => JSON.stringify({ file, mime, sealed, bytes: base64(bytes) }));
  const news = arrived.length ? [JSON.stringify({ arrived })] : [];
  return [head, ...lines, ...files, ...news].join("\n");
}

/** The bundle in these lines, without what is not in shape; null when this is no bundle at all. `at`: ms since 1970. */
export async function readLines(text: string, at: number): Promise<Bundle | null> {
  const [head, ...lines] = text.split("\n").filter((line) => line).map(parsed);
  if (!isRecord(head) || head["mulian"] !== 1) return null;
  const records = lines.filter(isRecord);
  const files = await Promise.all(records.map(readFile));
  return {
    wires: records.map((line) => readReport(line, at)).filter((wire) => wire !== null),
    media: files.filter((part) => part !== null),
    arrived: records.flatMap((line) => (Array.isArray(line["arrived"]) ? line["arrived"].map(String).filter((id) => UUID.test(id)) : [])),
  };
}

export async function pack(lines: string): Promise<Uint8Array<ArrayBuffer>> {
  return through(lines, new CompressionStream("gzip"));
}

export async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("gzip")));
}

const through = async (data: BlobPart, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(new Blob([data]).stream().pipeThrough(stream)).arrayBuffer());

function readReport(line: Record<string, unknown>, at: number): CarriedWire | null {
  const { wire, urgent, media } = line;
  const read = typeof wire === "string" ? readWire(wire) : null;
  if (typeof wire !== "string" || !read) return null;
  const names = Array.isArray(media) ? media.map(String).filter((name) => HASH.test(name)) : [];
  return { ...read, wire, urgent: urgent === true, media: names, at };
}

/** Who made it and its id, when the bytes hold a box and nothing in the open. */
function readWire(wire: string): { id: string; from: string } | null {
  const command = wire.length <= LONGEST ? parsed(wire) : null;
  if (!isRecord(command) || !isRecord(command["sealed"])) return null;
  const { id, seq: _seq, from, sealed, ...open } = command;
  const box = isRecord(sealed) && typeof sealed["kid"] === "string" && typeof sealed["box"] === "string";
  const whole = typeof id === "string" && UUID.test(id) && typeof from === "string" && UUID.test(from);
  return box && whole && Object.keys(open).length === 0 ? { id, from } : null;
}

/** A sealed sound or photo whose bytes have the hash of its name. */
async function readFile(line: Record<string, unknown>): Promise<MediaPart | null> {
  const { file, mime, sealed, bytes: text } = line;
  if (typeof file !== "string" || !HASH.test(file) || typeof text !== "string" || typeof sealed !== "string") return null;
  const bytes = await bytesOf(text).catch(() => null);
  if (!bytes || (await sha256(bytes)) !== file) return null;
  return { sha256: file, mime: String(mime ?? ""), sealed, bytes };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function base64(bytes: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

const bytesOf = async (text: string): Promise<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
