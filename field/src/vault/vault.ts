/**
 * The keys of one person on this phone.
 *
 * A random data key closes what the phone holds. It lies wrapped in a key made of the stretched PIN *and* the county's
 * share; the share is kept not extractable and dropped when the lease is over, so a phone found in a ravine is a
 * matter for the county, not for guessing. What is saved is never behind this lock: it is sealed to the county and
 * goes up with the push token; a copy for the person's own eyes is closed with a public key that lies open.
 */
import * as box from "./box";
import { renewed, tick } from "./lease";
import { aged, dataKey, makeRecord, NO_PIN, shareKey } from "./making";
import { bearable, FREE, MOST, proofOf, stretch, waitAfter, wrapping } from "./pin";
import type { Shelf, VaultRecord } from "./record";

/** Something was asked for that only the person's PIN opens. */
export class Locked extends Error {
  constructor() {
    super("the store is locked");
  }
}

/** `pin`: asks for it. `lease`: asks for it and for network. `gone`: only a new code helps; the outbox is kept. */
export type LockState = "open" | "pin" | "lease" | "gone";
export type Tried = "open" | "wrong" | "wait" | "gone";

interface Secrets {
  readonly token: string | null;
  readonly proof: string;
}

interface Opened {
  readonly key: CryptoKey;
  readonly own: CryptoKey;
  /** The stretched PIN, or no bytes: a new share needs a new wrapping. */
  readonly pin: ArrayBuffer;
  readonly secrets: Secrets;
}

const HOUR = 3_600_000;
const SECRETS: Secrets = { token: null, proof: "" };

export class Vault {
  private opened: Opened | null = null;
  private publicKey: Promise<CryptoKey> | null = null;

  private constructor(private readonly shelf: Shelf, private record: VaultRecord, private readonly clock: () => number) {}

  /** Opens by itself while no PIN is chosen. `clock`: the phone's, ms since 1970. */
  static async load(shelf: Shelf, clock: () => number): Promise<Vault> {
    const fresh = (await shelf.read()) ? undefined : await makeRecord(clock());
    const record = await shelf.update((held) => (held ? aged(held, clock()) : fresh!));
    const vault = new Vault(shelf, record, clock);
    if (vault.state === "open") await vault.enter(NO_PIN);
    return vault;
  }

  /** Without a PIN there is nothing to ask for, so the state is "open" even before load() has entered. */
  get state(): LockState {
    if (this.opened) return "open";
    const { wrapped, share, rounds } = this.record;
    if (!wrapped || (!share && !rounds)) return "gone";
    if (!share) return "lease";
    return rounds ? "pin" : "open";
  }

  get locked(): boolean {
    return this.opened === null;
  }

  get hasPin(): boolean {
    return this.record.rounds > 0;
  }

  get lease(): VaultRecord["lease"] {
    return this.record.lease;
  }

  /** Milliseconds until the next PIN may be tried. A clock set back does not make it longer than it was. */
  get wait(): number {
    return Math.min(waitAfter(this.record.wrong), Math.max(0, this.record.wait - this.clock()));
  }

  get triesLeft(): number {
    return MOST - this.record.wrong;
  }

  get free(): boolean {
    return this.record.wrong < FREE;
  }

  get secrets(): Secrets {
    return this.opened?.secrets ?? SECRETS;
  }

  encrypt(message: BufferSource): Promise<ArrayBuffer> {
    return box.encrypt(this.inside().key, message);
  }

  decrypt(closed: ArrayBuffer): Promise<ArrayBuffer> {
    return box.decrypt(this.inside().key, closed);
  }

  /** Works on a locked phone too. */
  async sealOwn(message: BufferSource): Promise<ArrayBuffer> {
    this.publicKey ??= box.publicKey(this.record.point);
    return box.seal(await this.publicKey, box.FOR_MYSELF, message);
  }

  openOwn(closed: ArrayBuffer): Promise<ArrayBuffer> {
    return box.open(this.inside().own, box.FOR_MYSELF, closed);
  }

  /** Tries a PIN while the share is here. The try is counted on the disk before it is made. */
  async unlock(pin: string): Promise<Tried> {
    const ready = await this.attempt();
    if (ready) return ready;
    const bits = await stretch(pin, this.record.salt, this.record.rounds);
    return (await this.enter(bits)) ? this.succeed() : this.failed();
  }

  /** What the county is shown when the lease is over; counted like a try. */
  async proof(pin: string): Promise<{ readonly proof: string; readonly bits: ArrayBuffer } | Tried> {
    const ready = await this.attempt();
    if (ready) return ready;
    const bits = await stretch(pin, this.record.salt, this.record.rounds);
    return { proof: box.base64(await proofOf(bits)), bits };
  }

  /** The county took the proof and gave the share again. */
  async reopen(share: ArrayBuffer, bits: ArrayBuffer, days: number): Promise<Tried> {
    const key = await shareKey(share);
    await this.write((held) => ({ ...held, share: key, lease: renewed(this.clock(), days) }));
    return (await this.enter(bits)) ? this.succeed() : this.failed();
  }

  /** A try that never reached the county does not count. */
  async forgive(): Promise<void> {
    await this.write((held) => ({ ...held, wrong: Math.max(0, held.wrong - 1), wait: 0 }));
  }

  /** Chooses the PIN, or another one. The vault must be open. */
  async choosePin(pin: string): Promise<void> {
    const rounds = await bearable(() => performance.now());
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const bits = await stretch(pin, salt, rounds);
    await this.rewrap(this.record.share!, bits, { salt, rounds, wrong: 0, wait: 0 });
    await this.setSecrets({ proof: box.base64(await proofOf(bits)) });
  }

  /** The county's share, at enrolment or with a renewed lease. The vault must be open. */
  async takeShare(share: ArrayBuffer, days: number): Promise<void> {
    await this.rewrap(await shareKey(share), this.inside().pin, { lease: renewed(this.clock(), days) });
  }

  async setSecrets(patch: Partial<Secrets>): Promise<void> {
    const opened = this.inside();
    const secrets = { ...opened.secrets, ...patch };
    const closed = await this.encrypt(new TextEncoder().encode(JSON.stringify(secrets)));
    await this.write((held) => ({ ...held, secrets: closed }));
    this.opened = { ...opened, secrets };
  }

  /** A new contact with the county proves the lease; written at most once an hour. */
  async renew(): Promise<void> {
    if (tick(this.record.lease, this.clock()).used < HOUR) return;
    await this.write((held) => ({ ...held, lease: renewed(this.clock(), held.lease.days) }));
  }

  /** Counts the time; closes and drops the share when the lease is over. */
  async age(): Promise<void> {
    await this.write((held) => aged(held, this.clock()));
    if (!this.record.share) this.opened = null;
  }

  lock(): void {
    if (this.hasPin) this.opened = null;
  }

  /** All keys go; what they closed is noise from now on. */
  async drop(): Promise<void> {
    this.opened = null;
    await this.write((held) => ({ ...held, own: null, wrapped: null, share: null, secrets: null }));
  }

  /** Begins anew with other keys: a new code for a person whose PIN is forgotten. */
  async renewKeys(): Promise<void> {
    const fresh = await makeRecord(this.clock());
    await this.write(() => fresh);
    this.publicKey = null;
    await this.enter(NO_PIN);
  }

  private inside(): Opened {
    if (!this.opened) throw new Locked();
    return this.opened;
  }

  private async write(change: (held: VaultRecord) => VaultRecord): Promise<void> {
    this.record = await this.shelf.update((held) => change(held ?? this.record));
  }

  /** Null when a PIN may be tried now; the try is then already counted. */
  private async attempt(): Promise<Tried | null> {
    await this.write((held) => aged(held, this.clock()));
    if (this.state === "gone") return "gone";
    if (this.wait > 0) return "wait";
    await this.write((held) => ({ ...held, wrong: held.wrong + 1, wait: this.clock() + waitAfter(held.wrong + 1) }));
    return null;
  }

  private async succeed(): Promise<Tried> {
    await this.write((held) => ({ ...held, wrong: 0, wait: 0 }));
    return "open";
  }

  async failed(): Promise<Tried> {
    if (this.record.wrong < MOST) return "wrong";
    await this.drop();
    return "gone";
  }

  private async enter(pin: ArrayBuffer): Promise<boolean> {
    const { share, wrapped, own, secrets } = this.record;
    if (!share || !wrapped || !own) return false;
    const raw = await box.decrypt(await wrapping(share, pin), wrapped).catch(() => null);
    if (!raw) return false;
    const key = await dataKey(raw);
    const [pkcs8, told] = await Promise.all([box.decrypt(key, own), secrets && box.decrypt(key, secrets)]);
    const known = told ? (JSON.parse(new TextDecoder().decode(told)) as Secrets) : SECRETS;
    this.opened = { key, own: await box.privateKey(pkcs8), pin, secrets: known };
    return true;
  }

  private async rewrap(share: CryptoKey, pin: ArrayBuffer, patch: Partial<VaultRecord>): Promise<void> {
    const opened = this.inside();
    const { share: old, wrapped: closed } = this.record;
    const raw = await box.decrypt(await wrapping(old!, opened.pin), closed!);
    const wrapped = await box.encrypt(await wrapping(share, pin), raw);
    await this.write((held) => ({ ...held, ...patch, share, wrapped }));
    this.opened = { ...opened, pin };
  }
}
