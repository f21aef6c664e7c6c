/** HTTP as the phone may trust it: a time limit on everything, no redirects, and nothing believed that is not in shape. */
import { readAnswer, isRecord, type Answer } from "./wire";

export type Fetch = (request: Request) => Promise<Response>;

/** No usable answer came: no network, a cut, a captive portal, a proxy's page. Nothing may be concluded from it. */
export class NoAnswer extends Error {}

/** The server refused the request and said why (RFC 9457). `retryAfter` is in seconds. */
export class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly title: string, readonly retryAfter: number | null) {
    super(`${status} ${code}`);
  }
}

/** Whether a refusal concerns just the one thing asked for, so that everything else may go on. */
export function isLastWord(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status < 500 && ![401, 408, 429].includes(error.status);
}

export interface LeaseAnswer {
  /** 32 bytes in base64. */
  readonly share: string;
  readonly days: number;
  readonly serverKey: { readonly kid: string; readonly public: JsonWebKey } | null;
  readonly pushToken: string | null;
}

const SMALL = 400;

export class Transport {
  /** The piece of a sound that is on its way; what came of it stays at the county. */
  private piece: AbortController | null = null;

  constructor(private readonly fetch: Fetch, private readonly base: string, private readonly timeLimit = 60_000) {}

  /** Sends one sync request. Throws NoAnswer or Refusal. */
  async sync(token: string, body: string): Promise<Answer> {
    const answer = readAnswer(await this.json("sync", body, { Authorization: `Device ${token}` }));
    if (!answer) throw new NoAnswer("the answer has another shape");
    return answer;
  }

  /** Exchanges a one-time code. Returns the parsed answer. Throws NoAnswer or Refusal. */
  async enrol(code: string): Promise<Record<string, unknown>> {
    const answer = await this.json("enrol", JSON.stringify({ code }), {});
    if (!isRecord(answer) || typeof answer["token"] !== "string") throw new NoAnswer("the answer has another shape");
    return answer;
  }

  /** The county's half of this phone's key. Throws NoAnswer or Refusal. */
  async lease(token: string, ask: { readonly proof: string; readonly push: boolean }): Promise<LeaseAnswer> {
    const answer = await this.json("lease", JSON.stringify(ask), { Authorization: `Device ${token}` });
    if (!isRecord(answer) || typeof answer["share"] !== "string") throw new NoAnswer("the answer has another shape");
    const key = answer["server_key"];
    return {
      share: answer["share"], days: Number(answer["days"] ?? 0),
      serverKey: isRecord(key) ? { kid: String(key["kid"]), public: key["public"] as JsonWebKey } : null,
      pushToken: typeof answer["push_token"] === "string" ? answer["push_token"] : null,
    };
  }

  /** A piece of a sound: it gives way when letGo() is called. `times`: how many time limits it may take. Throws NoAnswer. */
  async sendPiece(path: string, init: RequestInit, times = 1): Promise<Response> {
    const piece = (this.piece = new AbortController());
    const limit = setTimeout(() => piece.abort(), times * this.timeLimit);
    try {
      return await this.send(path, { ...init, signal: piece.signal });
    } finally {
      clearTimeout(limit);
      if (this.piece === piece) this.piece = null;
    }
  }

  /** Something that matters more wants the line: a piece under way ends here and is gone on with later. */
  letGo(): void {
    this.piece?.abort();
  }

  /** One raw request below the base address. Statuses are the caller's business. Throws NoAnswer. */
  async send(path: string, init: RequestInit): Promise<Response> {
    const signal = init.signal ?? AbortSignal.timeout(this.timeLimit);
    try {
      return await this.fetch(new Request(new URL(path, this.base), { redirect: "error", cache: "no-store", referrerPolicy: "no-referrer", ...init, signal }));
    } catch (cause) {
      throw new NoAnswer(String(cause));
    }
  }

  private async json(path: string, body: string, headers: Record<string, string>): Promise<unknown> {
    const packed = await gzip(body);
    const encoding: Record<string, string> = packed ? { "Content-Encoding": "gzip" } : {};
    const response = await this.send(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...encoding, ...headers },
      body: packed ?? body,
    });
    if (!response.ok) throw await refusal(response);
    return parse(response, "application/json");
  }
}

async function parse(response: Response, type: string): Promise<unknown> {
  if (!(response.headers.get("Content-Type") ?? "").startsWith(type)) throw new NoAnswer("not JSON");
  try {
    return await response.json();
  } catch (cause) {
    throw new NoAnswer(String(cause));
  }
}

/** A refusal counts only as a Problem document; anything else is some box on the way. 429 and 5xx may come from either. */
export async function refusal(response: Response): Promise<Error> {
  const wait = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null;
  try {
    const problem = await parse(response, "application/problem+json");
    if (isRecord(problem)) {
      return new Refusal(response.status, String(problem["code"] ?? ""), String(problem["title"] ?? ""), retryAfter);
    }
  } catch {
    // Falls through: what cannot be read is treated by its status below.
  }
  const busy = response.status === 429 || response.status >= 500;
  return busy ? new Refusal(response.status, "", "", retryAfter) : new NoAnswer(`${response.status} without a reason`);
}

/** Compressed bytes, or null where that would not help or the phone cannot. */
async function gzip(text: string): Promise<ArrayBuffer | null> {
  if (text.length < SMALL || typeof CompressionStream === "undefined") return null;
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}
