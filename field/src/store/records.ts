/**
 * The county's records, closed as they lie; each is opened only once while the store is open, for lists are drawn again
 * at every change of anything. A record is the same when its nonce is: every closing draws a new one.
 */
import { Locked, type Vault } from "../vault/vault";
import { openThing } from "./closing";
import type { ClosedThing, Database } from "./schema";
import type { Thing } from "./storage";

interface Opened {
  readonly nonce: string;
  readonly thing: Thing;
}

export class Records {
  private readonly opened = new Map<string, Opened>();

  constructor(private readonly database: Database, private readonly vault: Vault) {}

  async all(kind: string): Promise<Thing[]> {
    if (this.vault.locked) throw new Locked();
    return Promise.all((await this.database.getAllFromIndex("records", "kind", kind)).map((thing) => this.open(thing)));
  }

  async one(kind: string, id: string): Promise<Thing | undefined> {
    if (this.vault.locked) throw new Locked();
    const held = await this.database.get("records", [kind, id]);
    return held && this.open(held);
  }

  /** What was read while the store was open. */
  forget(): void {
    this.opened.clear();
  }

  private async open(closed: ClosedThing): Promise<Thing> {
    const key = `${closed.kind}\n${closed.id}`;
    const nonce = String.fromCharCode(...new Uint8Array(closed.data, 0, 12));
    const held = this.opened.get(key);
    if (held?.nonce === nonce) return held.thing;
    const thing = await openThing(this.vault, closed);
    this.opened.set(key, { nonce, thing });
    return thing;
  }
}
