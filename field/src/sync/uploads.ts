/**
 * Sounds and photos go up by tus 1.0, 96 KiB at a time, named by the SHA-256 of their bytes.
 *
 * A browser adds about 700 bytes to every request, so small pieces cost more than they save: the county keeps what came of
 * a broken one. A new report does not wait for the end of a piece either, it makes the piece let go of the line (Transport).
 *
 * Where to continue is always the server's word (HEAD), never the phone's memory: app, phone and server may die anywhere.
 * Complete is only what the server has counted and hashed: its number of bytes and its digest, both in one answer.
 */
import type { MediaPart } from "../outbox/command";
import type { Upload } from "../store/storage";
import { isLastWord, NoAnswer, Refusal, refusal, type Transport } from "./transport";

const CHUNK = 96 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" } as const;
/** How often one file may lose ground within a run before the line, or the server's disk, is left alone for a while. */
const SETBACKS = 3;
/** Another connection is writing the same file, or was until a moment ago. */
const BUSY = 423;
/** The file itself is wrong: too large, of a kind nobody can open, of another size. It will be so tomorrow too. */
const FINAL: readonly number[] = [400, 413, 415, 422];

/** On the slowest line 200 KB take a minute and a half; then the county reads the picture. */
const PAPER_TIMES = 5;

/** The server says the bytes it holds are not those of the name; it starts again from nothing. */
class WrongHash extends Error {}

/** Where sounds and photos come from and what is known of them: the phone's own outbox, or what it carries for another. */
export interface MediaShelf {
  media(sha256: string): Promise<MediaPart | undefined>;
  uploads(): Promise<Map<string, Upload>>;
  setUpload(upload: Upload): Promise<void>;
}

interface Standing {
  readonly offset: number;
  readonly complete: boolean;
}

export class Uploads {
  constructor(private readonly shelf: MediaShelf, private readonly transport: Transport, private readonly token: string) {}

  /**
   * Sends what is missing. `interrupted` is asked between chunks; true ends the work early, nothing is lost by it.
   * Returns a refusal when some file must be tried again soon; throws when the line or the server failed.
   */
  async run(names: readonly string[], interrupted: () => boolean): Promise<Refusal | null> {
    const known = await this.shelf.uploads();
    let busy: Refusal | null = null;
    for (const sha256 of names.filter((name) => !known.get(name)?.complete && !known.get(name)?.refused)) {
      const part = await this.shelf.media(sha256);
      if (!part) continue;
      if (interrupted()) return busy;
      busy = (await this.finish(part, known.has(sha256), interrupted)) ?? busy;
    }
    return busy;
  }

  /** One sound the server will not have stops no other. Returns a refusal that holds only for now. */
  private async finish(part: MediaPart, begun: boolean, interrupted: () => boolean): Promise<Refusal | null> {
    try {
      if (part.paper) return await this.paper(part, part.paper, interrupted);
      await this.send(part, begun, interrupted).catch((error: unknown) => {
        if (!(error instanceof WrongHash)) throw error;
        return this.send(part, false, interrupted);
      });
      return null;
    } catch (error) {
      if (error instanceof WrongHash) return this.refuse(part, "files.wrong_hash", "");
      if (error instanceof Refusal && FINAL.includes(error.status)) return this.refuse(part, error.code, error.title);
      if (isLastWord(error)) return error.status === BUSY ? error : null;
      throw error;
    }
  }

  /** A picture of a paper goes whole, by its own door: the county holds it in memory only. Broken off, it starts again. */
  private async paper(part: MediaPart, command: string, interrupted: () => boolean): Promise<null> {
    const init = { method: "PUT", headers: { Authorization: `Device ${this.token}`, "Content-Type": "application/octet-stream" }, body: part.bytes };
    const response = await this.transport.sendPiece(`papers/${command}?key=${part.sealed ?? ""}`, init, PAPER_TIMES).catch((error: unknown) => {
      if (!(error instanceof NoAnswer) || !interrupted()) throw error;
      return null;
    });
    if (!response) return null;
    if (!response.ok) throw await refusal(response);
    if (response.status !== 204) throw new NoAnswer("no word of the county's");
    await this.note(part, { offset: part.bytes.byteLength, complete: true });
    return null;
  }

  private async refuse(part: MediaPart, code: string, title: string): Promise<null> {
    await this.shelf.setUpload({ sha256: part.sha256, offset: 0, complete: false, refused: { code, title } });
    return null;
  }

  /** `begun`: this phone sent some of it before. Otherwise the first question is spared: it costs a second on 2G. */
  private async send(part: MediaPart, begun: boolean, interrupted: () => boolean): Promise<void> {
    let at = (begun ? await this.standing(part) : null) ?? (await this.create(part));
    let setbacks = 0;
    await this.note(part, at);
    while (!at.complete) {
      if (interrupted()) return;
      const next = await this.patch(part, at.offset).catch((error: unknown) => {
        if (!(error instanceof NoAnswer) || !interrupted()) throw error;
        return null;
      });
      if (!next) return;
      if (next.offset <= at.offset && !next.complete && ++setbacks > SETBACKS) throw new NoAnswer("the upload does not move");
      at = next;
      await this.note(part, at);
    }
  }

  private note(part: MediaPart, { offset, complete }: Standing): Promise<void> {
    return this.shelf.setUpload({ sha256: part.sha256, offset, complete });
  }

  /** How far the server is, or null when it does not know the file. */
  private async standing(part: MediaPart): Promise<Standing | null> {
    const response = await this.request("HEAD", `files/${part.sha256}`, {});
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw await refusal(response);
    return readStanding(response, part);
  }

  private async create(part: MediaPart): Promise<Standing> {
    const sealed = part.sealed ? `,sealed ${btoa(part.sealed)}` : "";
    const response = await this.request("POST", "files", {
      "Upload-Length": String(part.bytes.byteLength),
      "Upload-Metadata": `sha256 ${btoa(part.sha256)},mime ${btoa(part.mime)}${sealed}`,
    });
    if (!response.ok) throw await refusal(response);
    return response.headers.has("Upload-Offset") || response.status !== 201 ? readStanding(response, part) : { offset: 0, complete: false };
  }

  /** One piece, or nothing when only the server's digest is missing. A server that lost the part, or is elsewhere, says where. */
  private async patch(part: MediaPart, offset: number): Promise<Standing> {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    const response = await this.request("PATCH", `files/${part.sha256}`, headers, part.bytes.slice(offset, offset + CHUNK));
    if (response.status === 460) throw new WrongHash();
    if ([404, 409, 410].includes(response.status)) return (await this.standing(part)) ?? (await this.create(part));
    if (!response.ok) throw await refusal(response);
    return readStanding(response, part);
  }

  private request(method: string, path: string, headers: Record<string, string>, body?: ArrayBuffer): Promise<Response> {
    const all = { ...TUS, Authorization: `Device ${this.token}`, ...headers };
    return body ? this.transport.sendPiece(path, { method, headers: all, body }) : this.transport.send(path, { method, headers: all });
  }
}

/** What a genuine tus answer says; a portal's page has neither offset nor digest. */
function readStanding(response: Response, part: MediaPart): Standing {
  const text = response.headers.get("Upload-Offset");
  const offset = Number(text);
  const sound = text !== null && response.headers.has("Tus-Resumable") && Number.isInteger(offset);
  if (!sound || offset < 0 || offset > part.bytes.byteLength) throw new NoAnswer("no upload offset");
  const hashed = response.headers.get("Repr-Digest") === `sha-256=:${base64(part.sha256)}:`;
  return { offset, complete: hashed && offset === part.bytes.byteLength };
}

const base64 = (hex: string): string => btoa(hex.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))));
