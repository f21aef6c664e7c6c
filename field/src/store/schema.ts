/** The tables of the phone's database. New versions may only add; released tables keep their shape. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { MediaPart, Outgoing, Receipt, StoredCommand } from "../outbox/command";
import type { VaultRecord } from "../vault/record";
import type { FormFile, PhoneState, Share, Thing, Upload, VoiceDraft, VoicePiece } from "./storage";

/** A record of the county: what the sync compares lies open, what it says is closed with the data key. */
export type ClosedThing = Omit<Thing, "data"> & { readonly data: ArrayBuffer };

/** A sound or picture for the person's own eyes and ears: closed with their own key. */
export type ClosedFile = MediaPart;

export type ClosedDraft = VoiceDraft;

/** What a saved command says, closed with the person's own key. */
export interface Copy {
  readonly id: string;
  readonly said: ArrayBuffer;
}

/** Something forwarded: its words and files closed with the person's own key. */
export interface ClosedShare {
  readonly id: string;
  readonly text: ArrayBuffer;
  readonly files: Share["files"];
}

/** A form half filled in: its answers closed with the person's own key; its files beside it, each closed. */
export interface ClosedForm {
  readonly id: string;
  readonly said: ArrayBuffer;
}

export interface Tables extends DBSchema {
  /** Version 1 wrote whole commands, open; since version 2 only what a locked phone may know. */
  outbox: { key: string; value: Outgoing | StoredCommand; indexes: { seq: number } };
  receipts: { key: string; value: Receipt };
  media: { key: string; value: MediaPart };
  uploads: { key: string; value: Upload };
  /** Version 1, emptied by upgrade.ts. */
  things: { key: [string, string]; value: Thing; indexes: { kind: string } };
  /** Version 1, emptied by upgrade.ts. */
  files: { key: string; value: MediaPart };
  state: { key: string; value: PhoneState | number };
  /** Version 1, emptied by upgrade.ts. */
  drafts: { key: string; value: VoiceDraft };
  vault: { key: string; value: VaultRecord };
  copies: { key: string; value: Copy };
  records: { key: [string, string]; value: ClosedThing; indexes: { kind: string } };
  fetched: { key: string; value: ClosedFile };
  mine: { key: string; value: ClosedFile };
  /** Version 2 wrote whole recordings; read until they are saved or thrown away. */
  recordings: { key: string; value: ClosedDraft };
  /** A recording in pieces, each closed. */
  pieces: { key: [string, number]; value: VoicePiece };
  shares: { key: string; value: ClosedShare };
  forms: { key: string; value: ClosedForm };
  form_files: { key: [string, string]; value: FormFile };
}

export type Database = IDBPDatabase<Tables>;
export const VERSION = 4;

export function openTables(name: string): Promise<Database> {
  return openDB<Tables>(name, VERSION, {
    upgrade(database, old) {
      if (old < 1) first(database);
      if (old < 2) sealed(database);
      if (old < 3) spoken(database);
      if (old < 4) filled(database);
    },
    // A newer version of the app in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** As released; tests lay such a database down to see it carried over. */
export function first(database: Database): void {
  database.createObjectStore("outbox", { keyPath: "id" }).createIndex("seq", "seq");
  database.createObjectStore("receipts", { keyPath: "id" });
  database.createObjectStore("media", { keyPath: "sha256" });
  database.createObjectStore("uploads", { keyPath: "sha256" });
  database.createObjectStore("things", { keyPath: ["kind", "id"] }).createIndex("kind", "kind");
  database.createObjectStore("files", { keyPath: "sha256" });
  database.createObjectStore("state");
  database.createObjectStore("drafts", { keyPath: "id" });
}

/** As released with version 2. */
export function sealed(database: Database): void {
  database.createObjectStore("vault");
  database.createObjectStore("copies", { keyPath: "id" });
  database.createObjectStore("records", { keyPath: ["kind", "id"] }).createIndex("kind", "kind");
  database.createObjectStore("fetched", { keyPath: "sha256" });
  database.createObjectStore("mine", { keyPath: "sha256" });
  database.createObjectStore("recordings", { keyPath: "id" });
}

/** As released with version 3. */
export function spoken(database: Database): void {
  database.createObjectStore("pieces", { keyPath: ["id", "index"] });
  database.createObjectStore("shares", { keyPath: "id" });
}

function filled(database: Database): void {
  database.createObjectStore("forms", { keyPath: "id" });
  database.createObjectStore("form_files", { keyPath: ["draft", "name"] });
}
