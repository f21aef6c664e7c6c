/** The way in by PIN: with the share that is here, or with the one the county gives again against the proof. */
import * as box from "./box";
import type { Held } from "./held";
import { renewed } from "./lease";
import { shareKey } from "./making";
import { proofOf, stretch } from "./pin";
import type { Vault } from "./vault";

export type Tried = "open" | "wrong" | "wait" | "gone";

export class Entrance {
  constructor(
    private readonly vault: Vault, private readonly held: Held,
    /** Takes the keys out with a stretched PIN; false when it is another one's. */
    private readonly enter: (bits: ArrayBuffer) => Promise<boolean>,
    private readonly now: () => number,
  ) {}

  /** Tries a PIN while the share is here. */
  async unlock(pin: string): Promise<Tried> {
    const bits = await this.stretched(pin);
    if (typeof bits === "string") return bits;
    return (await this.enter(bits)) ? this.succeed() : this.failed();
  }

  /** What the county is shown when the lease is over; counted like a try. */
  async proof(pin: string): Promise<{ readonly proof: string; readonly bits: ArrayBuffer } | Tried> {
    const bits = await this.stretched(pin);
    return typeof bits === "string" ? bits : { proof: box.base64(await proofOf(bits)), bits };
  }

  /** The county took the proof and gave the share again. */
  async reopen(share: ArrayBuffer, bits: ArrayBuffer, days: number): Promise<Tried> {
    const key = await shareKey(share);
    await this.held.write((held) => ({ ...held, share: key, lease: renewed(this.now(), days) }));
    return (await this.enter(bits)) ? this.succeed() : this.failed();
  }

  async failed(): Promise<Tried> {
    if (this.vault.tries.left > 0) return "wrong";
    await this.vault.drop();
    return "gone";
  }

  /** The PIN's bits, once the try is counted; or why none may be made now. */
  private async stretched(pin: string): Promise<ArrayBuffer | Tried> {
    await this.vault.age();
    const { state } = this.vault;
    if (state === "gone") return "gone";
    if (state === "clock" || !(await this.vault.tries.begin())) return "wait";
    return stretch(pin, this.held.record.salt, this.held.record.rounds);
  }

  private async succeed(): Promise<Tried> {
    await this.vault.tries.succeed();
    return "open";
  }
}
