/**
 * Decides when to sync: at the start, when the network or the user comes back, on a timer, after each saving.
 *
 * One sender for all tabs of a phone (Web Locks); after a failure it waits longer each time, with jitter, so that
 * 1,500 phones after a storm do not come at once.
 */
import type { Outcome } from "./engine";
import { Refusal } from "./transport";

export type SenderState = "idle" | "sending" | "offline" | "busy" | "unknown_device" | "wiped";

/** Runs `work` while no other tab runs any. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/** Calls `work` after `millis`; returns the way to cancel. */
export type Later = (work: () => void, millis: number) => () => void;

export interface SenderParts {
  readonly run: (interrupted: () => boolean) => Promise<Outcome>;
  /** Makes what can be gone on with later let go of the line. */
  readonly letGo?: () => void;
  readonly exclusively: Exclusively;
  readonly later: Later;
  /** A number in [0, 1). */
  readonly random: () => number;
}

const STEADY = 5 * 60_000;
/** What the county only took in is decided within seconds: asked for once more, spread over half a minute. */
const SOON = 15_000;
const SPREAD = 30_000;
/** The first wait is short: `online` is often said a moment before it is true. */
const FIRST = 2_000;
/** A phone that asks in vain without network costs nobody anything; a busy server is asked less and less. */
const LONGEST_OFFLINE = 60_000;
const LONGEST_BUSY = 15 * 60_000;

export class Sender {
  state: SenderState = "idle";
  /** The code of the refusal that made it `busy` (`sync.version`: this app is too old), else empty. */
  refusedAs = "";
  private running: Promise<void> | null = null;
  private again = false;
  private failures = 0;
  private cancel: (() => void) | null = null;
  private heldBack = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly parts: SenderParts) {}

  /** Asks for a sync now. Calls while one runs ask for exactly one more. */
  kick(): Promise<void> {
    if (this.heldBack || this.state === "wiped") return this.running ?? Promise.resolve();
    this.again = true;
    if (this.running) this.parts.letGo?.();
    this.running ??= this.loop().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Like kick(), after something that may have mended the line: waiting starts short again. */
  refresh(): Promise<void> {
    this.failures = 0;
    return this.kick();
  }

  onChange(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  private async loop(): Promise<void> {
    while (this.again) {
      this.again = false;
      this.cancel?.();
      this.become("sending");
      await this.once();
      if (this.heldBack) return;
    }
  }

  private async once(): Promise<void> {
    try {
      const outcome = await this.parts.exclusively(() => this.parts.run(() => this.again));
      this.failures = 0;
      this.refusedAs = "";
      this.become(outcome === "wiped" || outcome === "unknown_device" ? outcome : "idle");
      if (outcome === "done") this.schedule(STEADY * this.jitter());
      if (outcome === "awaited") this.schedule(SOON + SPREAD * this.parts.random());
    } catch (error) {
      const wait = error instanceof Refusal ? error.retryAfter : null;
      this.refusedAs = error instanceof Refusal ? error.code : "";
      this.become(error instanceof Refusal ? "busy" : "offline");
      this.heldBack = wait !== null;
      const longest = error instanceof Refusal ? LONGEST_BUSY : LONGEST_OFFLINE;
      this.schedule(Math.max((wait ?? 0) * 1000, backOff(this.failures++, longest)) * this.jitter());
    }
  }

  private schedule(millis: number): void {
    this.cancel = this.parts.later(() => {
      this.heldBack = false;
      void this.kick();
    }, millis);
  }

  /** Between 1 and 1.5: never earlier than asked, never all at once. */
  private jitter(): number {
    return 1 + this.parts.random() / 2;
  }

  private become(state: SenderState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

export function backOff(failures: number, longest: number): number {
  return Math.min(longest, FIRST * 2 ** failures);
}
