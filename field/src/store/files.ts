/** Sounds and pictures to be heard and seen: fetched from the county, or made here. */
import type { MediaPart } from "../outbox/command";
import { Locked, type Vault } from "../vault/vault";
import { closeFile, openFile } from "./closing";
import type { Database } from "./schema";

export class Files {
  constructor(private readonly database: Database, private readonly vault: Vault) {}

  async keep(part: MediaPart): Promise<void> {
    await this.database.put("fetched", await closeFile(this.vault, part));
  }

  /** By the name it travels by. */
  async read(sha256: string): Promise<MediaPart | undefined> {
    if (this.vault.locked) throw new Locked();
    const own = await openFile(this.vault, await this.database.get("mine", sha256)).catch(() => undefined);
    if (own) return own;
    const fetched = await openFile(this.vault, await this.database.get("fetched", sha256));
    return fetched ?? (await this.open(sha256));
  }

  async names(): Promise<Set<string>> {
    return new Set(await this.database.getAllKeys("fetched"));
  }

  async drop(names: readonly string[]): Promise<void> {
    const work = this.database.transaction("fetched", "readwrite");
    await Promise.all([...names.map((name) => work.store.delete(name)), work.done]);
  }

  /** What version 1 saved lies open beside its command. */
  private async open(sha256: string): Promise<MediaPart | undefined> {
    const part = await this.database.get("media", sha256);
    return part?.sealed ? undefined : part;
  }
}
