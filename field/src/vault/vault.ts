/**
 * The keys of one person on this phone.
 *
 * A random data key closes what the phone holds. It lies wrapped in a key made of the stretched PIN *and* the county's
 * share; the share is kept not extractable and dropped when the lease is over, so a phone found in a ravine is a
 * matter for the county, not for guessing. What is saved is never behind this lock: it is sealed to the county and
 * goes up with the push token; a copy for the person's own eyes is closed with a public key that lies open.
 */
import * as box from "./box";
import { Entrance } from "./entrance";
import { Held } from "./held";
import { isDoubtful, renewed, tick } from "./lease";
import { aged, makeRecord, NO_PIN, shareKey } from "./making";
import { proofOf, stretch } from "./pin";
import type { Shelf, VaultRecord } from "./record";
import { closedSecrets, rewrapped, ringOf, SECRETS, type Ring, type Secrets } from "./ring";
import { Tries } from "./tries";

/** Something was asked for that only the person's PIN opens. */
export class Locked extends Error {
  constructor() {
    super("the store is locked");
  }
}

/**
 * `pin`: asks for it. `clock`: the phone's clock leapt, and first has to be looked at. `lease`: asks for the PIN and
 * for network. `gone`: only a new code helps; the outbox is kept.
 */
export type LockState = "open" | "pin" | "clock" | "lease" | "gone";

/**
 * `now`: the phone's clock, ms since 1970. `ticks`: ms that only ever go on, whatever somebody sets the clock to.
 * `rounds`: how often a new PIN is stretched on this phone.
 */
export interface Clocks {
  readonly now: () => number;
  readonly ticks: () => number;
  readonly rounds: () => Promise<number>;
}

const HOUR = 3_600_000;

export class Vault {
  readonly tries: Tries;
  readonly entrance: Entrance;
  private ring: Ring | null = null;
  private publicKey: Promise<CryptoKey> | null = null;

  private constructor(private readonly held: Held, private readonly clocks: Clocks) {
    this.tries = new Tries(held, clocks.ticks);
    this.entrance = new Entrance(this, held, (pin) => this.enter(pin), clocks.now);
  }

  /** Opens by itself while no PIN is chosen. */
  static async load(shelf: Shelf, clocks: Clocks): Promise<Vault> {
    const fresh = (await shelf.read()) ? undefined : await makeRecord(clocks.now());
    const record = await shelf.update((held) => (held ? aged(held, clocks.now()) : fresh!));
    const vault = new Vault(new Held(shelf, record), clocks);
    if (vault.state === "open") await vault.enter(NO_PIN);
    return vault;
  }

  /** Without a PIN there is nothing to ask for, so the state is "open" even before load() has entered. */
  get state(): LockState {
    if (this.ring) return "open";
    const { wrapped, share, rounds, lease } = this.held.record;
    if (!wrapped || (!share && !rounds)) return "gone";
    if (!share) return "lease";
    if (!rounds) return "open";
    return isDoubtful(lease, this.clocks.now()) ? "clock" : "pin";
  }

  get locked(): boolean { return this.ring === null; }
  get hasPin(): boolean { return this.held.record.rounds > 0; }

  get lease(): VaultRecord["lease"] {
    return this.held.record.lease;
  }

  get secrets(): Secrets {
    return this.ring?.secrets ?? SECRETS;
  }

  encrypt(message: BufferSource): Promise<ArrayBuffer> {
    return box.encrypt(this.inside().key, message);
  }

  decrypt(closed: ArrayBuffer): Promise<ArrayBuffer> {
    return box.decrypt(this.inside().key, closed);
  }

  /** Works on a locked phone too. */
  async sealOwn(message: BufferSource): Promise<ArrayBuffer> {
    this.publicKey ??= box.publicKey(this.held.record.point);
    return box.seal(await this.publicKey, box.FOR_MYSELF, message);
  }

  openOwn(closed: ArrayBuffer): Promise<ArrayBuffer> {
    return box.open(this.inside().own, box.FOR_MYSELF, closed);
  }

  /** Chooses the PIN, or another one. The vault must be open. */
  async choosePin(pin: string): Promise<void> {
    const rounds = await this.clocks.rounds();
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const bits = await stretch(pin, salt, rounds);
    await this.rewrap(this.held.record.share!, bits, { salt, rounds, wrong: 0, wait: 0 });
    await this.setSecrets({ proof: box.base64(await proofOf(bits)) });
  }

  /** The county's share, at enrolment or with a renewed lease. The vault must be open. */
  async takeShare(share: ArrayBuffer, days: number): Promise<void> {
    await this.rewrap(await shareKey(share), this.inside().pin, { lease: renewed(this.clocks.now(), days) });
  }

  async setSecrets(patch: Partial<Secrets>): Promise<void> {
    const ring = this.inside();
    const secrets = { ...ring.secrets, ...patch };
    const closed = await closedSecrets(ring.key, secrets);
    await this.held.write((held) => ({ ...held, secrets: closed }));
    this.ring = { ...ring, secrets };
  }

  /** A new contact with the county proves the lease; written at most once an hour. */
  async renew(): Promise<void> {
    const now = this.clocks.now();
    if (!isDoubtful(this.lease, now) && tick(this.lease, now).used < HOUR) return;
    await this.held.write((held) => ({ ...held, lease: renewed(now, held.lease.days) }));
  }

  /** Counts the time; closes and drops the share when the lease is over. `believed`: somebody looked at the clock. */
  async age(believed = false): Promise<void> {
    await this.held.write((held) => aged(held, this.clocks.now(), believed));
    if (!this.held.record.share) this.ring = null;
  }

  lock(): void {
    if (this.hasPin) this.ring = null;
  }

  /** All keys go; what they closed is noise from now on. */
  async drop(): Promise<void> {
    this.ring = null;
    await this.held.write((held) => ({ ...held, own: null, wrapped: null, share: null, secrets: null }));
  }

  /** Begins anew with other keys: a new code for a person whose PIN is forgotten. */
  async renewKeys(): Promise<void> {
    const fresh = await makeRecord(this.clocks.now());
    await this.held.write(() => fresh);
    this.publicKey = null;
    await this.enter(NO_PIN);
  }

  private inside(): Ring {
    if (!this.ring) throw new Locked();
    return this.ring;
  }

  private async enter(pin: ArrayBuffer): Promise<boolean> {
    const ring = await ringOf(this.held.record, pin);
    this.ring = ring ?? this.ring;
    return ring !== null;
  }

  private async rewrap(share: CryptoKey, pin: ArrayBuffer, patch: Partial<VaultRecord>): Promise<void> {
    const ring = this.inside();
    const wrapped = await rewrapped(this.held.record, ring, share, pin);
    await this.held.write((held) => ({ ...held, ...patch, share, wrapped }));
    this.ring = { ...ring, pin };
  }
}
