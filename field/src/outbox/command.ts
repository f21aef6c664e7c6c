/**
 * Commands: what the liaison wants done, in the words of the wire contract.
 *
 * A command is turned into its bytes once, when it is saved, and those bytes are sent until a receipt comes. A
 * correction is a new command; nothing ever rewrites an old one.
 */

/** What a screen hands over; the outbox adds the sequence number. `at` is the phone's own time (RFC 3339 with offset). */
export interface CommandDraft {
  readonly id: string;
  readonly kind: string;
  readonly v: number;
  readonly at: string;
  /** Ids of commands that must be applied before this one. */
  readonly after: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the sender needs of a command, and all that a locked phone can say of it. `wire` is its bytes, never changed again. */
export interface Outgoing {
  readonly id: string;
  readonly seq: number;
  readonly wire: string;
  /** SHA-256 of each sound and photo that belongs to it, as the bytes are sent. */
  readonly media: readonly string[];
  readonly urgent: boolean;
  /** Its picture is of a family's paper: it goes by a door of its own, once the command is applied. */
  readonly paper?: true;
}

/** A command as its own person may read it. */
export interface StoredCommand extends CommandDraft, Outgoing {}

export type Verdict = "received" | "applied" | "parked" | "refused";

export interface Receipt {
  readonly id: string;
  readonly verdict: Verdict;
  readonly code: string;
  readonly message: string;
  readonly refs: Readonly<Record<string, string>>;
  /** The server's time when it answered; the phone's own clock may be a year off. */
  readonly serverAt: string;
}

/** A sound or photo, exactly the bytes that are sent. */
export interface MediaPart {
  readonly sha256: string;
  readonly mime: string;
  readonly seconds?: number;
  /** The key (kid) these bytes are sealed to; absent for an open file. */
  readonly sealed?: string;
  /** A picture of a family's paper, by the command that announced it: it goes whole, no phone carries it, and none keeps a copy to look at. */
  readonly paper?: string;
  readonly bytes: ArrayBuffer;
}

/** Local time with its offset, for example 2026-11-21T09:30:00+08:00. */
export function stamp(when: Date): string {
  const offset = -when.getTimezoneOffset();
  const local = new Date(when.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const part = (minutes: number): string => String(minutes).padStart(2, "0");
  const size = Math.abs(offset);
  return `${local}${offset < 0 ? "-" : "+"}${part(Math.floor(size / 60))}:${part(size % 60)}`;
}
