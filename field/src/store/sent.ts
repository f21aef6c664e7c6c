/** What became of each command and of its sounds and photos; and their end, 30 days after all of it arrived. */
import type { MediaPart, Outgoing, Receipt } from "../outbox/command";
import { past, remove } from "./purging";
import type { Database } from "./schema";
import type { Upload } from "./storage";

export class Sent {
  constructor(private readonly database: Database) {}

  async receipts(): Promise<Map<string, Receipt>> {
    return new Map((await this.database.getAll("receipts")).map((receipt) => [receipt.id, receipt]));
  }

  async uploads(): Promise<Map<string, Upload>> {
    return new Map((await this.database.getAll("uploads")).map((upload) => [upload.sha256, upload]));
  }

  async setUpload(upload: Upload): Promise<void> {
    await this.database.put("uploads", upload);
  }

  media(sha256: string): Promise<MediaPart | undefined> {
    return this.database.get("media", sha256);
  }

  /** Returns whether anything went. */
  async purge(commands: readonly Outgoing[], serverNow: Date): Promise<boolean> {
    const [receipts, uploads] = await Promise.all([this.receipts(), this.uploads()]);
    const gone = past({ commands, receipts, uploads }, serverNow);
    if (gone.length) await remove(this.database, gone, commands);
    return gone.length > 0;
  }
}
