/**
 * A bundle as a sequence of QR codes. One frame is `MULIAN1/<digest>/<index>/<count>/<Base45>`: the digest names the
 * bundle (a reader that sees two phones never mixes them) and proves the whole when the last frame is in.
 *
 * 300 bytes a frame make a code of 73 × 73 modules, which a cheap camera reads from a cheap screen at arm's length.
 */
import { sha256 } from "../../outbox/digest";
import { fromBase45, toBase45 } from "./base45";

const MARK = "MULIAN1";
const SIZE = 300;
/** More would be a minute of showing; such a bundle goes as a file. */
export const MOST_FRAMES = 250;

export async function toFrames(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const digest = await digestOf(bytes);
  const count = Math.max(1, Math.ceil(bytes.length / SIZE));
  return Array.from({ length: count }, (_, index) => {
    return `${MARK}/${digest}/${index}/${count}/${toBase45(bytes.subarray(index * SIZE, (index + 1) * SIZE))}`;
  });
}

export interface Progress {
  readonly have: number;
  readonly count: number;
  /** The bundle, once every frame is in and the digest is right. */
  readonly whole: Uint8Array<ArrayBuffer> | null;
}

/** Collects frames in any order, with gaps and repeats. Another bundle's frame starts anew. */
export class Assembler {
  private digest = "";
  private parts: (Uint8Array | undefined)[] = [];

  /** Null for a code that is none of ours. */
  async add(text: string): Promise<Progress | null> {
    const frame = readFrame(text);
    if (!frame) return null;
    if (frame.digest !== this.digest || frame.count !== this.parts.length) {
      this.digest = frame.digest;
      this.parts = Array.from({ length: frame.count });
    }
    this.parts[frame.index] = frame.bytes;
    const have = this.parts.filter((part) => part !== undefined).length;
    return { have, count: frame.count, whole: have === frame.count ? await this.join() : null };
  }

  private async join(): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = new Uint8Array(this.parts.flatMap((part) => [...part!]));
    if ((await digestOf(bytes)) === this.digest) return bytes;
    this.parts = Array.from({ length: this.parts.length }); // a misread frame: from the beginning
    return null;
  }
}

function readFrame(text: string): { digest: string; index: number; count: number; bytes: Uint8Array } | null {
  const [mark, digest = "", place = "", total = "", ...rest] = text.split("/");
  const [index, count, bytes] = [Number(place), Number(total), fromBase45(rest.join("/"))];
  const sound = mark === MARK && /^[0-9A-F]{16}$/.test(digest) && Number.isInteger(index) && Number.isInteger(count);
  if (!sound || !bytes || index < 0 || index >= count || count > MOST_FRAMES) return null;
  return { digest, index, count, bytes };
}

const digestOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => (await sha256(bytes.slice().buffer)).slice(0, 16).toUpperCase();
