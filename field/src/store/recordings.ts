/** Recordings under way, closed piece by piece as they are spoken: a phone lost in mid-sentence tells nothing either. */
import { Locked, type Vault } from "../vault/vault";
import type { Database } from "./schema";
import type { VoiceDraft, VoicePiece } from "./storage";

/** All pieces of one recording. */
export const piecesOf = (id: string): IDBKeyRange => IDBKeyRange.bound([id, 0], [id, Infinity]);

export class Recordings {
  /** Pieces are written one after the other: the first one clears what an earlier recording of that name left. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: Database, private readonly vault: Vault) {}

  /** Writes this piece only, whatever was said before it: a minute costs as much on the disk as it is long. */
  save(piece: VoicePiece): Promise<void> {
    const writing = this.last.then(() => this.write(piece));
    this.last = writing.catch(() => undefined);
    return writing;
  }

  async drop(id: string): Promise<void> {
    await this.last;
    const work = this.database.transaction(["pieces", "recordings"], "readwrite");
    await Promise.all([work.objectStore("pieces").delete(piecesOf(id)), work.objectStore("recordings").delete(id), work.done]);
  }

  async all(): Promise<VoiceDraft[]> {
    if (this.vault.locked) throw new Locked();
    const whole = await this.database.getAll("recordings");
    const drafts = new Map(whole.map((draft) => [draft.id, draft]));
    for (const { id, mime, seconds, bytes } of await this.database.getAll("pieces")) {
      drafts.set(id, { id, mime, seconds, parts: [...(drafts.get(id)?.parts ?? []), bytes] });
    }
    return Promise.all([...drafts.values()].map(async (draft) => ({ ...draft, parts: await Promise.all(draft.parts.map((part) => this.vault.openOwn(part))) })));
  }

  private async write(piece: VoicePiece): Promise<void> {
    const bytes = await this.vault.sealOwn(piece.bytes);
    const work = this.database.transaction(["pieces", "recordings"], "readwrite");
    const pieces = work.objectStore("pieces");
    if (piece.index === 0) await Promise.all([pieces.delete(piecesOf(piece.id)), work.objectStore("recordings").delete(piece.id)]);
    await Promise.all([pieces.put({ ...piece, bytes }), work.done]);
  }
}
