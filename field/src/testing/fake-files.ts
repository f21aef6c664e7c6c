/** The tus 1.0 side of the fake server: files named by the SHA-256 of their bytes. */
import { sha256 } from "../outbox/digest";

interface Held {
  readonly size: number;
  readonly mime: string;
  bytes: Uint8Array;
}

const TUS = { "Tus-Resumable": "1.0.0" };

/** Where an upload stands; the digest only when the whole was hashed (RFC 9530). */
const standing = (name: string, file: Held): Record<string, string> => ({
  ...TUS, "Upload-Offset": String(file.bytes.length),
  ...(file.bytes.length === file.size && { "Repr-Digest": `sha-256=:${Buffer.from(name, "hex").toString("base64")}:` }),
});

/** What a county says of a sound that is not there (yet): a Problem document, so that a phone can tell it from a proxy's page. */
const notFound = (): Response =>
  new Response(JSON.stringify({ status: 404, code: "not_found" }), { status: 404, headers: { "Content-Type": "application/problem+json" } });

export class FakeFiles {
  private readonly held = new Map<string, Held>();
  /** Every PATCH that arrived: name, offset, number of bytes. */
  readonly patches: { readonly name: string; readonly offset: number; readonly size: number }[] = [];

  /** Every file that was ever whole here and had the hash of its name. */
  readonly ever = new Set<string>();
  /** The key each announced file is sealed to, or null. */
  readonly sealed = new Map<string, string | null>();

  clear(): void {
    this.held.clear();
  }

  /** Loses the unfinished uploads, as a disk that was swapped. */
  losePart(): void {
    for (const [name, file] of this.held) if (file.bytes.length < file.size) this.held.delete(name);
  }

  /** Puts a finished file there, as a voice answer of the county. */
  async give(bytes: ArrayBuffer, mime: string): Promise<string> {
    const name = await sha256(bytes);
    this.held.set(name, { size: bytes.byteLength, mime, bytes: new Uint8Array(bytes) });
    this.ever.add(name);
    return name;
  }

  /** Puts the first bytes of a file there, as another phone that was cut off. */
  async begin(bytes: ArrayBuffer, mime: string, size: number): Promise<void> {
    this.held.set(await sha256(bytes), { size: bytes.byteLength, mime, bytes: new Uint8Array(bytes.slice(0, size)) });
  }

  /** The bytes of a file, only when it is complete. */
  complete(name: string): Uint8Array | undefined {
    const file = this.held.get(name);
    return file && file.bytes.length === file.size ? file.bytes : undefined;
  }

  async answer(request: Request, path: string): Promise<Response> {
    const name = path.split("/").at(-1) ?? "";
    if (request.method === "POST") return this.create(request);
    const file = this.held.get(name);
    if (!file) return request.method === "GET" ? notFound() : new Response(null, { status: 404, headers: TUS });
    if (request.method === "HEAD") return new Response(null, { headers: standing(name, file) });
    if (request.method === "PATCH") return this.append(request, name, file);
    return new Response(file.bytes.slice().buffer, { headers: { "Content-Type": file.mime } });
  }

  private create(request: Request): Response {
    const described = Object.fromEntries((request.headers.get("Upload-Metadata") ?? "").split(",").map((pair) => pair.trim().split(" ")));
    const name = atob(String(described["sha256"]));
    const held = this.held.get(name) ?? { size: Number(request.headers.get("Upload-Length")), mime: atob(String(described["mime"])), bytes: new Uint8Array() };
    this.held.set(name, held);
    this.sealed.set(name, described["sealed"] ? atob(described["sealed"]) : null);
    const done = held.bytes.length === held.size;
    return new Response(null, { status: done ? 200 : 201, headers: { ...standing(name, held), Location: `/field/files/${name}` } });
  }

  private async append(request: Request, name: string, file: Held): Promise<Response> {
    const offset = Number(request.headers.get("Upload-Offset"));
    if (offset !== file.bytes.length) return new Response(null, { status: 409, headers: TUS });
    const more = new Uint8Array(await request.arrayBuffer());
    this.patches.push({ name, offset, size: more.length });
    const joined = new Uint8Array(offset + more.length);
    joined.set(file.bytes);
    joined.set(more, offset);
    if (joined.length === file.size && (await sha256(joined.buffer)) !== name) {
      this.held.delete(name);
      return new Response(null, { status: 460, headers: TUS });
    }
    file.bytes = joined;
    if (joined.length === file.size) this.ever.add(name);
    return new Response(null, { status: 204, headers: standing(name, file) });
  }
}
