/** The database of one person with its vault and its tables, as a page opens them. */
import { bearable } from "../vault/pin";
import { Vault, type Clocks } from "../vault/vault";
import { Files } from "./files";
import { FormDrafts } from "./form-drafts";
import { OutboxTable } from "./outbox-table";
import { Records } from "./records";
import { Recordings } from "./recordings";
import { openTables, type Database } from "./schema";
import { Sent } from "./sent";
import { Shares } from "./shares";
import { StateTable } from "./state-table";

const STRICT = { durability: "strict" } as const;

export const CLOCKS: Clocks = { now: () => Date.now(), ticks: () => performance.now(), rounds: () => bearable(() => performance.now()) };

export interface Opened {
  readonly database: Database;
  readonly vault: Vault;
  readonly outbox: OutboxTable;
  readonly recordings: Recordings;
  readonly records: Records;
  readonly files: Files;
  readonly shares: Shares;
  readonly forms: FormDrafts;
  readonly sent: Sent;
  readonly phone: StateTable;
}

export async function openAll(name: string, clocks: Clocks): Promise<Opened> {
  const database = await openTables(name);
  const vault = await loadVault(database, clocks);
  return {
    database, vault, outbox: new OutboxTable(database, vault), recordings: new Recordings(database, vault),
    records: new Records(database, vault), files: new Files(database, vault), sent: new Sent(database), shares: new Shares(database, vault),
    forms: new FormDrafts(database, vault), phone: new StateTable(database, vault),
  };
}

/** Pages and the service worker share the record: it is read and written in one transaction. */
function loadVault(database: Database, clocks: Clocks): Promise<Vault> {
  return Vault.load({
    read: () => database.get("vault", "vault"),
    update: async (change) => {
      const work = database.transaction("vault", "readwrite", STRICT);
      const next = change(await work.store.get("vault"));
      await Promise.all([work.store.put(next, "vault"), work.done]);
      return next;
    },
  }, clocks);
}

export async function empty(database: Database, ...tables: ("records" | "fetched" | "mine" | "copies" | "recordings" | "pieces" | "shares" | "forms" | "form_files")[]): Promise<void> {
  const work = database.transaction(tables, "readwrite", STRICT);
  await Promise.all([...tables.map((table) => work.objectStore(table).clear()), work.done]);
}
