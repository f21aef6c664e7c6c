/**
 * A county server for tests: it speaks the wire contract and tus, keeps what it took, and can be told to misbehave.
 * It works on Request and Response only, so the same double serves unit tests and a loopback HTTP server.
 */
import type { Change } from "../sync/wire";
import * as box from "../vault/box";
import { FakeFiles } from "./fake-files";

export type Fault =
  | "none"
  | "half-body" // half of an upload's piece arrives, then the line is cut
  | "garbled" // the piece arrives with other bytes
  | "twice" // a box on the way sends it again
  | "portal-redirect" // the login page lies elsewhere
  | "cut" // the request never arrives
  | "lost-reply" // it arrives and counts, the reply does not
  | "portal" // a login page says 200
  | "portal-json" // a proxy's own JSON says 200
  | { readonly status: number; readonly code?: string; readonly retryAfter?: number };

interface WireCommand {
  readonly id: string;
  readonly kind: string;
  readonly after?: readonly string[];
  readonly body: Record<string, unknown>;
  readonly sealed?: { readonly kid: string; readonly box: string };
}

type Verdict = { verdict: string; code?: string; message?: string; refs?: Record<string, string> };
type Row = Partial<Change> & Pick<Change, "op">;

const PAGE = 20;
export const DEVICE = "0199b1f0-0000-7000-8000-00000000000d";
export const SHARE = btoa("0123456789abcdef0123456789abcdef");

export class FakeServer {
  epoch = "epoch-1";
  readonly files = new FakeFiles();
  /** Bytes of each command by id, in the order first taken. */
  readonly taken = new Map<string, string>();
  /** The same, and never forgotten by a restore. */
  readonly ever = new Map<string, string>();
  readonly verdicts = new Map<string, Verdict>();
  /** Bodies of all sync requests that arrived. */
  readonly requests: string[] = [];
  readonly faults: Fault[] = [];
  /** The verdict of a new command; a test may replace it. */
  judge: (command: WireCommand) => Verdict = () => ({ verdict: "applied" });
  /** Tokens that may only send. */
  readonly pushOnly = new Set<string>();
  /** All tokens that were used. */
  readonly tokens = new Set<string>();
  /** What `GET guide` answers; null where the county has none. */
  guide: object | null = null;
  /** How often the guide was sent whole, and answered with "nothing new". */
  readonly guides = { sent: 0, unchanged: 0 };
  /** What came by `PUT papers/<command>`, opened; how often one was tried; how the next ones are turned away. */
  readonly papers = new Map<string, ArrayBuffer>();
  paperCalls = 0;
  turnAway: { readonly status: number; readonly code: string } | null = null;
  known = true;
  revoked = false;
  /** What shows that the PIN is known, as the open phone told it; and whether the share was lost to guessing. */
  proof = "";
  shareGone = false;
  /** How often a lease was asked for. */
  leases = 0;
  /** Who the next code belongs to. */
  person = { id: "p1", name: "卓玛", language: "bo" };
  private readonly pair = crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  now = "2026-11-21T10:00:00+08:00";
  private readonly feed: Row[] = [];
  private readonly rows = new Map<string, Row>();

  /** Gives every phone this change at its next pull. */
  change(row: Row): void {
    this.feed.push(row);
    const key = `${row.kind}/${row.id}`;
    if (row.op === "put") this.rows.set(key, row);
    if (row.op === "drop") this.rows.delete(key);
    if (row.op === "patch") {
      const held = this.rows.get(key);
      if (held) this.rows.set(key, { ...held, rev: row.rev ?? 0, data: { ...held.data, ...row.data } });
    }
  }

  /** Goes back to a backup: forgets the given commands and all files, under a new epoch. */
  restore(forget: readonly string[]): void {
    this.epoch = `epoch-${Number(this.epoch.split("-")[1]) + 1}`;
    for (const id of forget) (this.taken.delete(id), this.verdicts.delete(id));
    this.files.clear();
  }

  fetch = async (request: Request): Promise<Response> => {
    const fault = this.faults.shift();
    if (fault === "cut") throw new TypeError("network");
    if (fault === "portal") return new Response("<html>Please log in</html>", { headers: { "Content-Type": "text/html" } });
    if (fault === "portal-json") return Response.json({ ok: true });
    if (typeof fault === "object") return problem(fault.status, fault.code ?? "busy", fault.retryAfter);
    if (fault === "portal-redirect") throw new TypeError("redirect");
    if (fault === "half-body") return this.half(request);
    if (fault === "twice") await this.answer(request.clone());
    const response = await this.answer(fault === "garbled" ? await garbled(request) : request);
    if (fault === "lost-reply") throw new TypeError("network");
    return response;
  };

  private async half(request: Request): Promise<never> {
    const bytes = await request.arrayBuffer();
    const { method, headers, url } = request;
    if (method === "PATCH") await this.answer(new Request(url, { method, headers, body: bytes.slice(0, bytes.byteLength / 2) }));
    throw new TypeError("network");
  }

  private async answer(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    if (path.endsWith("/enrol")) return this.enrol(await text(request));
    if (path.endsWith("/guide")) return this.tell(request);
    const token = request.headers.get("Authorization")?.replace("Device ", "") ?? "";
    this.tokens.add(token);
    if (!this.known) return problem(401, "device_unknown");
    if (path.endsWith("/lease")) return this.lease(token, await text(request));
    if (path.endsWith("/sync")) return this.sync(await text(request), this.pushOnly.has(token));
    if (path.includes("/papers/")) return this.takePaper(request, path);
    if (this.revoked && request.method === "GET") return problem(403, "device_revoked");
    return this.files.answer(request, path);
  }

  /** Takes a picture of a paper that was announced, or turns it away as `turnAway` says. */
  private async takePaper(request: Request, path: string): Promise<Response> {
    const id = path.split("/").at(-1) ?? "";
    this.paperCalls++;
    if (!this.taken.has(id)) return problem(404, "not_found");
    if (this.turnAway) return problem(this.turnAway.status, this.turnAway.code);
    this.papers.set(id, await this.open(await request.arrayBuffer()));
    return new Response(null, { status: 204 });
  }

  private tell(request: Request): Response {
    if (!this.guide) return problem(404, "not_found");
    const body = JSON.stringify(this.guide);
    const tag = `"${body.length}"`;
    const known = request.headers.get("If-None-Match") === tag;
    this.guides[known ? "unchanged" : "sent"]++;
    if (known) return new Response(null, { status: 304, headers: { ETag: tag } });
    return new Response(body, { headers: { "Content-Type": "application/json", ETag: tag } });
  }

  /** The county's key, as phones are told it. */
  async serverKey(): Promise<{ kid: string; public: JsonWebKey }> {
    const public_ = await crypto.subtle.exportKey("jwk", (await this.pair).publicKey);
    return { kid: "k", public: public_ };
  }

  /** What lies in a sealed box. */
  async open(closed: ArrayBuffer): Promise<ArrayBuffer> {
    return box.open((await this.pair).privateKey, box.FOR_COUNTY, closed);
  }

  /** The command inside a sealed one; a box that is not for this county is taken as it is, like quarantine. */
  private async opened(command: WireCommand): Promise<WireCommand> {
    if (!command.sealed) return command;
    const inside = await this.open(box.unbase64(command.sealed.box)).catch(() => null);
    return inside ? (JSON.parse(new TextDecoder().decode(inside)) as WireCommand) : command;
  }

  /** The share for an open phone; for a locked one against the proof it registered. */
  private async lease(token: string, body: string): Promise<Response> {
    const { proof } = JSON.parse(body) as { proof: string };
    this.leases++;
    if (this.revoked) return problem(403, "device_revoked");
    if (this.shareGone) return problem(410, "lease.gone");
    if (this.pushOnly.has(token) && proof !== this.proof) return problem(403, "lease.wrong_pin");
    if (!this.pushOnly.has(token) && proof) this.proof = proof;
    return Response.json({ share: SHARE, days: 14, server_key: await this.serverKey(), push_token: "push" });
  }

  private async enrol(body: string): Promise<Response> {
    const { code } = JSON.parse(body) as { code: string };
    if (code === "111111") return problem(410, "enrolment_used");
    if (code === "999999") return problem(429, "too_many", 5);
    if (code !== "123456" && code !== "qr-token") return problem(404, "enrolment_unknown");
    this.known = true;
    this.pushOnly.add("push");
    return Response.json({
      device: DEVICE, token: "t1", push_token: "push", person: this.person,
      server_key: await this.serverKey(), lease: { share: SHARE, days: 14 },
      pack: { code: "632623", name: { zh: "甘德县", bo: "དགའ་བདེ་རྫོང", en: "Gande" }, hazards: HAZARDS },
    }, { status: 201 });
  }

  private async sync(body: string, pushOnly: boolean): Promise<Response> {
    this.requests.push(body);
    const asked = JSON.parse(body) as { epoch: string | null; cursor: string | null; commands: WireCommand[] };
    const opened = await Promise.all(asked.commands.map((command) => this.opened(command)));
    const receipts = asked.commands.map((command, index) => this.take(command, opened[index]!));
    const base = { epoch: this.epoch, now: this.now, receipts };
    if (this.revoked) return Response.json({ ...base, cursor: null, more: false, changes: [{ op: "wipe" }] });
    if (pushOnly) return Response.json({ ...base, cursor: asked.cursor, more: false, changes: [] });
    const from = asked.epoch === this.epoch ? asked.cursor : null;
    return Response.json({ ...base, ...(from === null ? this.cold() : this.since(from)) });
  }

  private take(command: WireCommand, inside: WireCommand): Record<string, unknown> {
    if (!this.taken.has(command.id)) {
      this.taken.set(command.id, JSON.stringify(command));
      this.ever.set(command.id, JSON.stringify(command));
      const waits = (inside.after ?? []).some((id) => !this.taken.has(id));
      this.verdicts.set(command.id, waits ? { verdict: "parked", code: "waits" } : this.judge(inside));
    }
    return { id: command.id, ...this.verdicts.get(command.id) };
  }

  private cold(): object {
    if (this.rows.size <= PAGE) return { cursor: `p${this.feed.length}`, more: false, changes: [...this.rows.values()] };
    return this.coldFrom(0);
  }

  private coldFrom(index: number): object {
    const all = [...this.rows.values()];
    const more = index + PAGE < all.length;
    return { cursor: more ? `c${index + PAGE}` : `p${this.feed.length}`, more, changes: all.slice(index, index + PAGE) };
  }

  private since(cursor: string): object {
    const from = Number(cursor.slice(1));
    if (cursor.startsWith("c")) return this.coldFrom(from);
    const changes = this.feed.slice(from, from + PAGE);
    return { cursor: `p${from + changes.length}`, more: from + changes.length < this.feed.length, changes };
  }
}

/** The same piece of an upload with one byte changed; nothing else can be garbled unnoticed (TLS, JSON). */
async function garbled(request: Request): Promise<Request> {
  if (request.method !== "PATCH") return request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length) bytes[0]! ^= 0xff;
  return new Request(request.url, { method: "PATCH", headers: request.headers, body: bytes });
}

async function text(request: Request): Promise<string> {
  const raw = await request.arrayBuffer();
  if (request.headers.get("Content-Encoding") !== "gzip") return new TextDecoder().decode(raw);
  return new Response(new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

export function problem(status: number, code: string, retryAfter?: number): Response {
  const headers = { "Content-Type": "application/problem+json", ...(retryAfter && { "Retry-After": String(retryAfter) }) };
  return new Response(JSON.stringify({ type: "about:blank", status, code, title: code }), { status, headers });
}

const hazard = (code: string, zh: string, bo: string, en: string) => ({ code, icon: code, name: { zh, bo, en } });

const HAZARDS = [
  hazard("snow", "雪灾", "གངས་སྐྱོན", "Snow"), hazard("flood", "洪水", "ཆུ་ལོག", "Flood"), hazard("fire", "火灾", "མེ་སྐྱོན", "Fire"),
  hazard("injury", "受伤", "རྨས་སྐྱོན", "Injury"), hazard("lost", "失踪人员", "བོར་བརླག་བྱུང་བའི་མི", "Lost person"),
  hazard("house", "塌方", "ས་ཉིལ", "Collapse"), hazard("dispute", "纠纷", "རྩོད་གཞི", "Dispute"), hazard("animals", "牲畜疾病", "ཕྱུགས་ནད", "Animal disease"),
];
