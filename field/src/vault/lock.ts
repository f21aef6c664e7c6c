/**
 * The lock of the store as the lock screen sees it: a PIN goes in, a word comes out. Keys stay in the vault.
 *
 * With the lease over, the county is asked: it counts wrong PINs where no thief can set the count back.
 */
import { Refusal, type Transport } from "../sync/transport";
import type { IndexedStorage } from "../store/indexed";
import { unbase64 } from "./box";
import { daysLeft, LEASE_DAYS } from "./lease";
import { isPin, MOST } from "./pin";
import type { Tried } from "./entrance";
import type { LockState } from "./vault";

/** `offline`: the lease is over and the county could not be asked; nothing was counted. */
export type Answer = Tried | "offline";

export interface LockFacts {
  readonly state: LockState;
  readonly hasPin: boolean;
  /** Milliseconds until the next try. */
  readonly wait: number;
  readonly triesLeft: number;
  /** Days until the county must be heard again. */
  readonly daysLeft: number;
}

/** How often an open phone asks for its lease: the share does not change, but who was revoked loses it. */
const DAY = 86_400_000;

export class Lock {
  constructor(private readonly storage: IndexedStorage, private readonly transport: Transport, private readonly clock: () => number) {}

  get facts(): LockFacts {
    const vault = this.storage.vault;
    return { state: vault.state, hasPin: vault.hasPin, wait: vault.tries.wait, triesLeft: Math.min(MOST, vault.tries.left), daysLeft: daysLeft(vault.lease) };
  }

  /** Whether the lease can run out: not on a phone that never had one from the county. */
  get runsOut(): boolean {
    return this.storage.vault.lease.days > 0;
  }

  async unlock(pin: string): Promise<Answer> {
    if (!isPin(pin)) return "wrong";
    const vault = this.storage.vault;
    await vault.age();
    if (vault.state === "open") return "open"; // opened meanwhile, or no PIN is chosen (any more)
    const tried = vault.state === "lease" ? await this.reopen(pin) : await vault.entrance.unlock(pin);
    if (tried === "gone") await this.storage.dropReadable();
    await this.storage.turned();
    return tried;
  }

  /** The store must be open. The county learns the proof with the next lease, at once when there is a line. */
  async choosePin(pin: string): Promise<void> {
    if (!isPin(pin)) throw new RangeError("a PIN has four to six digits");
    await this.storage.vault.choosePin(pin);
    await this.storage.turned();
    await this.renew(true).catch(() => undefined);
  }

  close(): void {
    this.storage.vault.lock();
    void this.storage.turned();
  }

  /** Counts the lease; called now and then while the app stands open. `believed`: somebody says the clock is right. */
  async age(believed = false): Promise<void> {
    const before = this.facts.state;
    await this.storage.vault.age(believed);
    if (this.facts.state !== before) await this.storage.turned();
  }

  /** Writes down how much of a wait is over. */
  serve(): Promise<void> {
    return this.storage.vault.tries.serve();
  }

  /** Once a day, and when the PIN is new: share, key and, on an old phone, a push token. Throws as Transport does. */
  async renew(now = false): Promise<void> {
    const { token, pushToken, serverKey, leased } = await this.storage.state();
    if (!token || this.storage.locked) return;
    const lacking = !pushToken || !serverKey || this.storage.vault.lease.days === 0;
    if (!now && !lacking && leased !== null && this.clock() >= leased && this.clock() - leased < DAY) return;
    const answer = await this.transport.lease(token, { proof: this.storage.vault.secrets.proof, push: !pushToken });
    await this.storage.vault.takeShare(unbase64(answer.share), answer.days || LEASE_DAYS);
    const { serverKey: told, pushToken: given } = answer;
    await this.storage.setState({ leased: this.clock(), ...(told && { serverKey: told }), ...(given && { pushToken: given }) });
  }

  private async reopen(pin: string): Promise<Answer> {
    const vault = this.storage.vault;
    const { pushToken } = await this.storage.state();
    const shown = await vault.entrance.proof(pin);
    if (typeof shown === "string") return shown;
    try {
      const { share, days } = await this.transport.lease(pushToken ?? "", { proof: shown.proof, push: false });
      return await vault.entrance.reopen(unbase64(share), shown.bits, days);
    } catch (error) {
      return this.refused(error);
    }
  }

  private async refused(error: unknown): Promise<Answer> {
    const vault = this.storage.vault;
    if (error instanceof Refusal && error.code === "lease.wrong_pin") return vault.entrance.failed();
    await vault.tries.forgive();
    if (error instanceof Refusal && error.code === "lease.wait") return "wait";
    if (!(error instanceof Refusal) || error.status >= 500) return "offline";
    // Revoked, or no share left: the sealed outbox goes on with the push token, and with it the wipe comes.
    if (error.status === 410) await vault.drop();
    return error.status === 410 ? "gone" : "offline";
  }
}
