/**
 * Sounds and photos go up by tus 1.0, 16 KiB at a time, named by the SHA-256 of their bytes.
 *
 * Where to continue is always the server's word (HEAD), never the phone's memory: app, phone and server may die anywhere.
 */
import type { MediaPart } from "../outbox/command";
import type { Storage } from "../store/storage";
import { isLastWord, NoAnswer, refusal, type Transport } from "./transport";

const CHUNK = 16 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" } as const;

/** The server says the bytes it holds are not those of the name; it starts again from nothing. */
class WrongHash extends Error {}

export class Uploads {
  constructor(private readonly storage: Storage, private readonly transport: Transport, private readonly token: string) {}

  /** Sends what is missing. `interrupted` is asked between chunks; true ends the work early, nothing is lost by it. */
  async run(names: readonly string[], interrupted: () => boolean): Promise<void> {
    const known = await this.storage.uploads();
    for (const sha256 of names.filter((name) => !known.get(name)?.complete)) {
      const part = await this.storage.media(sha256);
      if (!part) continue;
      if (interrupted()) return;
      await this.finish(part, known.has(sha256), interrupted).catch((error: unknown) => {
        // One sound the server will not have stops no other; its mark stays "text received", which is true.
        if (!(error instanceof WrongHash) && !isLastWord(error)) throw error;
      });
    }
  }

  private async finish(part: MediaPart, begun: boolean, interrupted: () => boolean): Promise<void> {
    try {
      await this.send(part, begun, interrupted);
    } catch (error) {
      if (!(error instanceof WrongHash)) throw error;
      await this.send(part, false, interrupted);
    }
  }

  /** `begun`: this phone sent some of it before. Otherwise the first question is spared: it costs a second on 2G. */
  private async send(part: MediaPart, begun: boolean, interrupted: () => boolean): Promise<void> {
    let offset = (begun ? await this.offset(part) : null) ?? (await this.create(part));
    await this.note(part, offset);
    while (offset < part.bytes.byteLength) {
      if (interrupted()) return;
      offset = await this.patch(part, offset);
      await this.note(part, offset);
    }
  }

  private note(part: MediaPart, offset: number): Promise<void> {
    return this.storage.setUpload({ sha256: part.sha256, offset, complete: offset === part.bytes.byteLength });
  }

  /** How many bytes the server holds, or null when it does not know the file. */
  private async offset(part: MediaPart): Promise<number | null> {
    const response = await this.request("HEAD", `files/${part.sha256}`, {});
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw await refusal(response);
    return readOffset(response, part);
  }

  private async create(part: MediaPart): Promise<number> {
    const response = await this.request("POST", "files", {
      "Upload-Length": String(part.bytes.byteLength),
      "Upload-Metadata": `sha256 ${btoa(part.sha256)},mime ${btoa(part.mime)}`,
    });
    if (!response.ok) throw await refusal(response);
    return response.headers.has("Upload-Offset") || response.status === 200 ? readOffset(response, part) : 0;
  }

  private async patch(part: MediaPart, offset: number): Promise<number> {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) };
    const response = await this.request("PATCH", `files/${part.sha256}`, headers, part.bytes.slice(offset, offset + CHUNK));
    if (response.status === 460) throw new WrongHash();
    if (response.status === 409) return (await this.offset(part)) ?? (await this.create(part));
    if (!response.ok) throw await refusal(response);
    const next = readOffset(response, part);
    if (next <= offset) throw new NoAnswer("the upload does not move");
    return next;
  }

  private request(method: string, path: string, headers: Record<string, string>, body?: ArrayBuffer): Promise<Response> {
    const all = { ...TUS, Authorization: `Device ${this.token}`, ...headers };
    return this.transport.send(path, body ? { method, headers: all, body } : { method, headers: all });
  }
}

/** The offset of a genuine tus answer; a portal's page has none. */
function readOffset(response: Response, part: MediaPart): number {
  const text = response.headers.get("Upload-Offset");
  const offset = Number(text);
  const sound = text !== null && response.headers.has("Tus-Resumable") && Number.isInteger(offset);
  if (!sound || offset < 0 || offset > part.bytes.byteLength) throw new NoAnswer("no upload offset");
  return offset;
}
