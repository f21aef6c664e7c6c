/**
 * The store in the browser's IndexedDB.
 *
 * Three kinds of lock: the outbox is sealed to the county (it can be sent, not read), the person's own copies are
 * closed with their public key (they can be written while locked), the county's data with the data key of the vault.
 */
import { deleteDB } from "idb";
import type { CommandDraft, MediaPart, Outgoing, Receipt, StoredCommand } from "../outbox/command";
import { Locked, Vault } from "../vault/vault";
import { absorb } from "./absorbing";
import { closeFile, openFile } from "./closing";
import { OutboxTable } from "./outbox-table";
import { past, remove } from "./purging";
import { Reader } from "./reader";
import { Recordings } from "./recordings";
import { openTables, type Database } from "./schema";
import { FRESH, type Absorption, type Enrolled, type PhoneState, type Storage, type Thing, type Upload, type VoiceDraft } from "./storage";
import { closeOld } from "./upgrade";

const STRICT = { durability: "strict" } as const;
/** The store of a phone nobody is enrolled on yet, and of the one person of a phone from before there were several. */
export const FIRST_STORE = "mulian";

export class IndexedStorage implements Storage {
  private readonly listeners = new Set<() => void>();
  private readonly channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("mulian-store");
  private readonly reader = new Reader();

  private outbox: OutboxTable;
  private recordings: Recordings;

  private constructor(readonly name: string, private database: Database, public vault: Vault, private readonly clock: () => number) {
    this.outbox = new OutboxTable(database, vault);
    this.recordings = new Recordings(database, vault);
    if (this.channel) this.channel.onmessage = () => this.tell();
  }

  /** Opens by itself while its person chose no PIN. `clock`: the phone's, ms since 1970. */
  static async open(name = FIRST_STORE, clock = Date.now): Promise<IndexedStorage> {
    const database = await openTables(name);
    const vault = await loadVault(database, clock);
    if (!vault.locked) await closeOld(database, vault);
    return new IndexedStorage(name, database, vault, clock);
  }

  get locked(): boolean {
    return this.vault.locked;
  }

  async append(draft: CommandDraft, media: readonly MediaPart[], recording?: string): Promise<StoredCommand> {
    const command = await this.outbox.append(draft, media, await this.state(), recording);
    this.changed();
    return command;
  }

  commands(): Promise<StoredCommand[]> {
    return this.outbox.commands();
  }

  outgoing(): Promise<Outgoing[]> {
    return this.outbox.rows();
  }

  unsent(limit: number): Promise<Outgoing[]> {
    return this.outbox.unsent(limit);
  }

  async receipts(): Promise<Map<string, Receipt>> {
    return new Map((await this.database.getAll("receipts")).map((receipt) => [receipt.id, receipt]));
  }

  media(sha256: string): Promise<MediaPart | undefined> {
    return this.database.get("media", sha256);
  }

  async uploads(): Promise<Map<string, Upload>> {
    return new Map((await this.database.getAll("uploads")).map((upload) => [upload.sha256, upload]));
  }

  async setUpload(upload: Upload): Promise<void> {
    await this.database.put("uploads", upload);
    this.changed();
  }

  async absorb(absorption: Absorption): Promise<boolean> {
    const fits = await absorb(this.database, this.vault, absorption);
    if (!this.locked) await this.vault.renew();
    this.changed();
    return fits;
  }

  async things(kind: string): Promise<Thing[]> {
    if (this.locked) throw new Locked();
    return Promise.all((await this.database.getAllFromIndex("records", "kind", kind)).map((thing) => this.reader.open(this.vault, thing)));
  }

  async thing(kind: string, id: string): Promise<Thing | undefined> {
    if (this.locked) throw new Locked();
    const held = await this.database.get("records", [kind, id]);
    return held && this.reader.open(this.vault, held);
  }

  async keepFile(part: MediaPart): Promise<void> {
    await this.database.put("fetched", await closeFile(this.vault, part));
    this.changed();
  }

  async file(sha256: string): Promise<MediaPart | undefined> {
    if (this.locked) throw new Locked();
    const own = await openFile(this.vault, await this.database.get("mine", sha256)).catch(() => undefined);
    if (own) return own;
    const fetched = await openFile(this.vault, await this.database.get("fetched", sha256));
    return fetched ?? (await this.openMedia(sha256));
  }

  /** What version 1 saved lies open beside its command. */
  private async openMedia(sha256: string): Promise<MediaPart | undefined> {
    const part = await this.media(sha256);
    return part?.sealed ? undefined : part;
  }

  async fileNames(): Promise<Set<string>> {
    return new Set(await this.database.getAllKeys("fetched"));
  }

  async dropFiles(names: readonly string[]): Promise<void> {
    const work = this.database.transaction("fetched", "readwrite");
    await Promise.all([...names.map((name) => work.store.delete(name)), work.done]);
    this.changed();
  }

  /** `token` is there only while the store is open. */
  async state(): Promise<PhoneState> {
    const held = (await this.database.get("state", "phone")) as PhoneState | undefined;
    return { ...FRESH, ...held, token: this.vault.secrets.token };
  }

  async setState(patch: Partial<PhoneState>): Promise<void> {
    const { token, ...open } = patch;
    if (token !== undefined && !this.locked) await this.vault.setSecrets({ token });
    const work = this.database.transaction("state", "readwrite", STRICT);
    const held = (await work.store.get("phone")) as PhoneState | undefined;
    await Promise.all([work.store.put({ ...FRESH, ...held, ...open, token: null }, "phone"), work.done]);
    this.changed();
  }

  /** Keeps the outbox whatever happens; what only the old keys open goes when the PIN is not known. */
  async enrolled({ share, days, token, ...open }: Enrolled): Promise<void> {
    if (this.locked) await this.renewKeys();
    if (share) await this.vault.takeShare(share, days);
    const { round } = await this.state();
    await this.setState({ ...open, token, access: "ok", cursor: null, cold: true, round: round + 1 });
  }

  private async renewKeys(): Promise<void> {
    await this.dropReadable();
    await this.vault.renewKeys();
  }

  /** What can be fetched again, and what can no longer be opened; never the outbox. */
  async dropReadable(): Promise<void> {
    const tables = ["records", "fetched", "mine", "copies", "recordings"] as const;
    const work = this.database.transaction(tables, "readwrite", STRICT);
    await Promise.all([...tables.map((table) => work.objectStore(table).clear()), work.done]);
    this.forgetRead();
    this.changed();
  }

  saveDraft(draft: VoiceDraft): Promise<void> {
    return this.recordings.save(draft);
  }

  async dropDraft(id: string): Promise<void> {
    await this.recordings.drop(id);
    this.changed();
  }

  drafts(): Promise<VoiceDraft[]> {
    return this.recordings.all();
  }

  async purge(serverNow: Date): Promise<void> {
    const [commands, receipts, uploads] = await Promise.all([this.outgoing(), this.receipts(), this.uploads()]);
    const gone = past({ commands, receipts, uploads }, serverNow);
    if (!gone.length) return;
    await remove(this.database, gone, commands);
    this.changed();
  }

  async forget(): Promise<void> {
    const work = this.database.transaction(["records", "fetched"], "readwrite", STRICT);
    await Promise.all([work.objectStore("records").clear(), work.objectStore("fetched").clear(), work.done]);
    this.changed();
  }

  async wipe(): Promise<void> {
    this.database.close();
    await deleteDB(this.name);
    this.forgetRead();
    this.database = await openTables(this.name);
    this.vault = await loadVault(this.database, this.clock);
    this.outbox = new OutboxTable(this.database, this.vault);
    this.recordings = new Recordings(this.database, this.vault);
    this.changed();
  }

  onChange(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** Ends the connection, as the end of a page does. */
  close(): void {
    this.channel?.close();
    this.database.close();
  }

  /** After the vault was opened or closed. */
  async turned(): Promise<void> {
    if (this.locked) this.forgetRead();
    else await closeOld(this.database, this.vault);
    this.tell();
  }

  private forgetRead(): void {
    this.outbox.forget();
    this.reader.forget();
  }

  private changed(): void {
    this.channel?.postMessage("changed");
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function loadVault(database: Database, clock: () => number): Promise<Vault> {
  return Vault.load({
    read: () => database.get("vault", "vault"),
    update: async (change) => {
      const work = database.transaction("vault", "readwrite", STRICT);
      const next = change(await work.store.get("vault"));
      await Promise.all([work.store.put(next, "vault"), work.done]);
      return next;
    },
  }, clock);
}
