/**
 * Opens closed records, each only once while the store is open: lists are drawn again at every change of anything.
 *
 * A record is the same when its nonce is: every closing draws a new one.
 */
import type { Vault } from "../vault/vault";
import { openThing } from "./closing";
import type { ClosedThing } from "./schema";
import type { Thing } from "./storage";

interface Opened {
  readonly nonce: string;
  readonly thing: Thing;
}

export class Reader {
  private readonly opened = new Map<string, Opened>();

  async open(vault: Vault, closed: ClosedThing): Promise<Thing> {
    const key = `${closed.kind}\n${closed.id}`;
    const nonce = String.fromCharCode(...new Uint8Array(closed.data, 0, 12));
    const held = this.opened.get(key);
    if (held?.nonce === nonce) return held.thing;
    const thing = await openThing(vault, closed);
    this.opened.set(key, { nonce, thing });
    return thing;
  }

  forget(): void {
    this.opened.clear();
  }
}
