/** What was forwarded to this app and nobody has looked at yet: closed, like a recording under way. */
import { Locked, type Vault } from "../vault/vault";
import type { Database } from "./schema";
import type { Share } from "./storage";

export class Shares {
  constructor(private readonly database: Database, private readonly vault: Vault) {}

  /** Works on a locked phone. Resolves when the bytes are on the disk. */
  async save(share: Share): Promise<void> {
    const text = await this.vault.sealOwn(new TextEncoder().encode(share.text));
    const files = await Promise.all(share.files.map(async (file) => ({ ...file, bytes: await this.vault.sealOwn(file.bytes) })));
    await this.database.put("shares", { id: share.id, text, files });
  }

  async all(): Promise<Share[]> {
    if (this.vault.locked) throw new Locked();
    return Promise.all((await this.database.getAll("shares")).map(async ({ id, text, files }) => ({
      id, text: new TextDecoder().decode(await this.vault.openOwn(text)),
      files: await Promise.all(files.map(async (file) => ({ ...file, bytes: await this.vault.openOwn(file.bytes) }))),
    })));
  }

  async drop(id: string): Promise<void> {
    await this.database.delete("shares", id);
  }
}
