/**
 * The shelf of carried things, in a database of its own: it belongs to the phone, so no PIN opens or closes it and a
 * second person on the phone carries on what the first one took.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { MediaPart, Receipt } from "../../outbox/command";
import type { Upload } from "../../store/storage";
import type { Carried, CarriedWire } from "../../sync/carried";

interface Tables extends DBSchema {
  wires: { key: string; value: CarriedWire };
  receipts: { key: string; value: Receipt };
  media: { key: string; value: MediaPart };
  uploads: { key: string; value: Upload };
  /** Own reports that another phone says have arrived. It proves nothing: they are sent all the same. */
  hearsay: { key: string; value: { readonly id: string } };
}

const DAY = 86_400_000;
/** A receipt is kept so long after the report arrived, to be handed back; a report so long while it does not. */
const KEPT = 30 * DAY;
const IN_VAIN = 90 * DAY;
const STRICT = { durability: "strict" } as const;
const byUrgency = (a: CarriedWire, b: CarriedWire): number => Number(b.urgent) - Number(a.urgent) || a.at - b.at;

export class CarriedStore implements Carried {
  private readonly listeners = new Set<() => void>();

  private constructor(private readonly database: IDBPDatabase<Tables>) {}

  static async open(name = "carried"): Promise<CarriedStore> {
    return new CarriedStore(await openDB<Tables>(name, 1, {
      upgrade(database) {
        for (const table of ["wires", "receipts", "hearsay"] as const) database.createObjectStore(table, { keyPath: "id" });
        for (const table of ["media", "uploads"] as const) database.createObjectStore(table, { keyPath: "sha256" });
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    }));
  }

  /** Takes reports and files of another phone; a report that is here already stays as it is. Resolves when it is on the disk. */
  async take(wires: readonly CarriedWire[], media: readonly MediaPart[]): Promise<void> {
    const work = this.database.transaction(["wires", "media"], "readwrite", STRICT);
    for (const wire of wires) if (!(await work.objectStore("wires").getKey(wire.id))) await work.objectStore("wires").put(wire);
    for (const part of media) await work.objectStore("media").put(part);
    await work.done;
    this.tell();
  }

  /** Ids of carried reports that the county has whole: news for the phones they came from. */
  async arrived(): Promise<string[]> {
    const [wires, receipts, uploads] = await Promise.all([this.wires(), this.receipts(), this.uploads()]);
    const there = (wire: CarriedWire): boolean => ["received", "applied"].includes(receipts.get(wire.id)?.verdict ?? "");
    return wires.filter((wire) => there(wire) && wire.media.every((name) => uploads.get(name)?.complete)).map((wire) => wire.id);
  }

  async hear(ids: readonly string[]): Promise<void> {
    const work = this.database.transaction("hearsay", "readwrite");
    await Promise.all([...ids.map((id) => work.store.put({ id })), work.done]);
    this.tell();
  }

  async heard(): Promise<Set<string>> {
    return new Set(await this.database.getAllKeys("hearsay"));
  }

  wires(): Promise<CarriedWire[]> {
    return this.database.getAll("wires");
  }

  async receipts(): Promise<Map<string, Receipt>> {
    return new Map((await this.database.getAll("receipts")).map((receipt) => [receipt.id, receipt]));
  }

  async unsent(limit: number): Promise<CarriedWire[]> {
    const receipts = await this.receipts();
    return (await this.wires()).filter((wire) => !receipts.has(wire.id)).sort(byUrgency).slice(0, Math.max(0, limit));
  }

  async settle(receipts: readonly Receipt[]): Promise<void> {
    const work = this.database.transaction("receipts", "readwrite", STRICT);
    await Promise.all([...receipts.map((receipt) => work.store.put(receipt)), work.done]);
    this.tell();
  }

  async mediaInOrder(): Promise<string[]> {
    const receipts = await this.receipts();
    const known = (await this.wires()).filter((wire) => receipts.has(wire.id)).sort(byUrgency);
    return [...new Set(known.flatMap((wire) => wire.media))];
  }

  media(sha256: string): Promise<MediaPart | undefined> {
    return this.database.get("media", sha256);
  }

  async uploads(): Promise<Map<string, Upload>> {
    return new Map((await this.database.getAll("uploads")).map((upload) => [upload.sha256, upload]));
  }

  async setUpload(upload: Upload): Promise<void> {
    await this.database.put("uploads", upload);
    this.tell();
  }

  async resend(): Promise<void> {
    const work = this.database.transaction(["receipts", "uploads"], "readwrite", STRICT);
    await Promise.all([work.objectStore("receipts").clear(), work.objectStore("uploads").clear(), work.done]);
    this.tell();
  }

  async purge(now: Date): Promise<void> {
    const [wires, receipts] = await Promise.all([this.wires(), this.receipts()]);
    const old = (wire: CarriedWire): boolean => {
      const receipt = receipts.get(wire.id);
      return receipt ? Date.parse(receipt.serverAt) + KEPT < now.getTime() : wire.at + IN_VAIN < now.getTime();
    };
    const gone = wires.filter(old);
    if (gone.length) await this.remove(gone, wires.filter((wire) => !old(wire)));
  }

  private async remove(gone: readonly CarriedWire[], kept: readonly CarriedWire[]): Promise<void> {
    const needed = new Set(kept.flatMap((wire) => wire.media));
    const work = this.database.transaction(["wires", "receipts", "media", "uploads"], "readwrite");
    for (const wire of gone) {
      await Promise.all([work.objectStore("wires").delete(wire.id), work.objectStore("receipts").delete(wire.id)]);
      for (const sha256 of wire.media.filter((name) => !needed.has(name))) {
        await Promise.all([work.objectStore("media").delete(sha256), work.objectStore("uploads").delete(sha256)]);
      }
    }
    await work.done;
    this.tell();
  }

  onChange(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  close(): void {
    this.database.close();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
