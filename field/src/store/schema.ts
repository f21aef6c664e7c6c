/** The tables of the phone's database. New versions may only add; released tables keep their shape. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { MediaPart, Receipt, StoredCommand } from "../outbox/command";
import type { PhoneState, Thing, Upload, VoiceDraft } from "./storage";

export interface Tables extends DBSchema {
  outbox: { key: string; value: StoredCommand; indexes: { seq: number } };
  receipts: { key: string; value: Receipt };
  media: { key: string; value: MediaPart };
  uploads: { key: string; value: Upload };
  things: { key: [string, string]; value: Thing; indexes: { kind: string } };
  files: { key: string; value: MediaPart };
  state: { key: string; value: PhoneState | number };
  drafts: { key: string; value: VoiceDraft };
}

export type Database = IDBPDatabase<Tables>;
export const VERSION = 1;

export function openTables(name: string): Promise<Database> {
  return openDB<Tables>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore("outbox", { keyPath: "id" }).createIndex("seq", "seq");
      database.createObjectStore("receipts", { keyPath: "id" });
      database.createObjectStore("media", { keyPath: "sha256" });
      database.createObjectStore("uploads", { keyPath: "sha256" });
      database.createObjectStore("things", { keyPath: ["kind", "id"] }).createIndex("kind", "kind");
      database.createObjectStore("files", { keyPath: "sha256" });
      database.createObjectStore("state");
      database.createObjectStore("drafts", { keyPath: "id" });
    },
    // A newer version of the app in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}
