/** What of the vault lies on the disk. Nothing in it opens anything without the PIN and the county's share. */
import type { Lease } from "./lease";

export interface VaultRecord {
  /** Public point of the person's own key: a locked phone closes copies with it. */
  readonly point: ArrayBuffer;
  /** Its private part, under the data key; null once dropped. */
  readonly own: ArrayBuffer | null;
  /** The data key under PIN and share; null once dropped. */
  readonly wrapped: ArrayBuffer | null;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Rounds of the stretching; 0 while no PIN is chosen. */
  readonly rounds: number;
  /** The county's share, not extractable; null when the lease is over. */
  readonly share: CryptoKey | null;
  readonly lease: Lease;
  /** Token and proof, under the data key. */
  readonly secrets: ArrayBuffer | null;
  readonly wrong: number;
  /** Milliseconds still to wait before a PIN is tried, as last written down (tries.ts); an older app wrote a time of day, which is more. */
  readonly wait: number;
}

/** Where the record lies. `update` reads and writes in one transaction: pages and the service worker share it. */
export interface Shelf {
  read(): Promise<VaultRecord | undefined>;
  update(change: (held: VaultRecord | undefined) => VaultRecord): Promise<VaultRecord>;
}
