/** Recordings under way, closed piece by piece as they are spoken: a phone lost in mid-sentence tells nothing either. */
import { Locked, type Vault } from "../vault/vault";
import type { Database } from "./schema";
import type { VoiceDraft } from "./storage";

export class Recordings {
  private readonly closed = new WeakMap<ArrayBuffer, Promise<ArrayBuffer>>();

  constructor(private readonly database: Database, private readonly vault: Vault) {}

  /** A recording grows by a piece a second: only the new piece is closed. */
  async save(draft: VoiceDraft): Promise<void> {
    const parts = await Promise.all(draft.parts.map((part) => this.close(part)));
    await this.database.put("recordings", { ...draft, parts });
  }

  async drop(id: string): Promise<void> {
    await this.database.delete("recordings", id);
  }

  async all(): Promise<VoiceDraft[]> {
    if (this.vault.locked) throw new Locked();
    const held = await this.database.getAll("recordings");
    return Promise.all(held.map(async (draft) => ({ ...draft, parts: await Promise.all(draft.parts.map((part) => this.vault.openOwn(part))) })));
  }

  private close(part: ArrayBuffer): Promise<ArrayBuffer> {
    const closed = this.closed.get(part) ?? this.vault.sealOwn(part);
    this.closed.set(part, closed);
    return closed;
  }
}
