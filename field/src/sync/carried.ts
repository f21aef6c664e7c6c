/** What this phone carries for others: sealed reports it cannot read, and the verdicts it can bring back. */
import type { Receipt } from "../outbox/command";
import type { MediaShelf } from "./uploads";

/** A report of another phone: its bytes exactly as that phone sealed them, and the names of its sealed sounds and photos. */
export interface CarriedWire {
  readonly id: string;
  /** The device that made it. */
  readonly from: string;
  readonly wire: string;
  readonly urgent: boolean;
  readonly media: readonly string[];
  /** When this phone took it (ms since 1970, the phone's clock). */
  readonly at: number;
}

/** The shelf of carried things. It belongs to the phone, not to a person: who unlocks it changes nothing. */
export interface Carried extends MediaShelf {
  /** Without a verdict, urgent ones first, at most `limit`. */
  unsent(limit: number): Promise<CarriedWire[]>;
  settle(receipts: readonly Receipt[]): Promise<void>;
  /** Sounds and photos of carried reports that the county already knows, urgent first. */
  mediaInOrder(): Promise<string[]>;
  /** The county was restored: all of it goes up again. */
  resend(): Promise<void>;
  /** Drops what arrived whole 30 days ago or was carried in vain for 90. */
  purge(now: Date): Promise<void>;
}

export const NOTHING_CARRIED: Carried = {
  unsent: async () => [], settle: async () => undefined, mediaInOrder: async () => [], resend: async () => undefined,
  purge: async () => undefined, media: async () => undefined, uploads: async () => new Map(), setUpload: async () => undefined,
};
