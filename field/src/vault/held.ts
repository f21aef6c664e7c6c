/** The vault's record as this page last saw it, and the one way to change it. */
import type { Shelf, VaultRecord } from "./record";

export class Held {
  constructor(private readonly shelf: Shelf, public record: VaultRecord) {}

  async write(change: (held: VaultRecord) => VaultRecord): Promise<void> {
    this.record = await this.shelf.update((held) => change(held ?? this.record));
  }
}
