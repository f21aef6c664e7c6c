/**
 * The store in the browser's IndexedDB.
 *
 * Three kinds of lock: the outbox is sealed to the county (it can be sent, not read), the person's own copies are
 * closed with their public key (they can be written while locked), the county's data with the data key of the vault.
 */
import { deleteDB } from "idb";
import type { CommandDraft, MediaPart, Outgoing, Receipt, StoredCommand } from "../outbox/command";
import type { Clocks, Vault } from "../vault/vault";
import { absorb } from "./absorbing";
import { Bell } from "./bell";
import { CLOCKS, empty, openAll, type Opened } from "./opening";
import type { Absorption, Enrolled, FormDraft, FormFile, PhoneState, Share, Storage, Thing, Upload, VoiceDraft, VoicePiece } from "./storage";
import { closeOld } from "./upgrade";

/** The store of a phone nobody is enrolled on yet, and of the one person of a phone from before there were several. */
export const FIRST_STORE = "mulian";

export class IndexedStorage implements Storage {
  private readonly bell = new Bell();

  private constructor(readonly name: string, private opened: Opened, private readonly clocks: Clocks) {}

  /** Opens by itself while its person chose no PIN. */
  static async open(name = FIRST_STORE, clocks = CLOCKS): Promise<IndexedStorage> {
    const opened = await openAll(name, clocks);
    if (!opened.vault.locked) await closeOld(opened.database, opened.vault);
    return new IndexedStorage(name, opened, clocks);
  }

  get vault(): Vault { return this.opened.vault; }
  get locked(): boolean { return this.vault.locked; }

  async append(draft: CommandDraft, media: readonly MediaPart[], recording?: string): Promise<StoredCommand> {
    return this.changing(this.opened.outbox.append(draft, media, await this.state(), recording));
  }

  commands(): Promise<StoredCommand[]> { return this.opened.outbox.commands(); }

  outgoing(): Promise<Outgoing[]> { return this.opened.outbox.rows(); }

  unsent(limit: number): Promise<Outgoing[]> { return this.opened.outbox.unsent(limit); }

  receipts(): Promise<Map<string, Receipt>> { return this.opened.sent.receipts(); }

  media(sha256: string): Promise<MediaPart | undefined> {
    return this.opened.sent.media(sha256);
  }

  uploads(): Promise<Map<string, Upload>> { return this.opened.sent.uploads(); }

  setUpload(upload: Upload): Promise<void> {
    return this.changing(this.opened.sent.setUpload(upload));
  }

  async absorb(absorption: Absorption): Promise<boolean> {
    const fits = await absorb(this.opened.database, this.vault, absorption);
    if (!this.locked) await this.vault.renew();
    this.bell.ring();
    return fits;
  }

  things(kind: string): Promise<Thing[]> {
    return this.opened.records.all(kind);
  }

  thing(kind: string, id: string): Promise<Thing | undefined> {
    return this.opened.records.one(kind, id);
  }

  keepFile(part: MediaPart): Promise<void> {
    return this.changing(this.opened.files.keep(part));
  }

  file(sha256: string): Promise<MediaPart | undefined> {
    return this.opened.files.read(sha256);
  }

  fileNames(): Promise<Set<string>> {
    return this.opened.files.names();
  }

  dropFiles(names: readonly string[]): Promise<void> {
    return this.changing(this.opened.files.drop(names));
  }

  state(): Promise<PhoneState> {
    return this.opened.phone.read();
  }

  setState(patch: Partial<PhoneState>): Promise<void> {
    return this.changing(this.opened.phone.patch(patch));
  }

  /** Keeps the outbox whatever happens; what only the old keys open goes when the PIN is not known. */
  async enrolled({ share, days, token, ...open }: Enrolled): Promise<void> {
    if (this.locked) await this.dropReadable().then(() => this.vault.renewKeys());
    if (share) await this.vault.takeShare(share, days);
    const { round } = await this.state();
    await this.setState({ ...open, token, access: "ok", cursor: null, cold: true, round: round + 1 });
  }

  /** What can be fetched again, and what can no longer be opened; never the outbox. */
  async dropReadable(): Promise<void> {
    await this.changing(empty(this.opened.database, "records", "fetched", "mine", "copies", "recordings", "pieces", "shares", "forms", "form_files"));
    this.forgetRead();
  }

  savePiece(piece: VoicePiece): Promise<void> {
    return this.opened.recordings.save(piece);
  }

  dropDraft(id: string): Promise<void> {
    return this.changing(Promise.all([this.opened.recordings.drop(id), this.opened.shares.drop(id), this.opened.forms.drop(id)]).then(() => undefined));
  }

  saveShare(share: Share): Promise<void> {
    return this.changing(this.opened.shares.save(share));
  }

  shares(): Promise<Share[]> { return this.opened.shares.all(); }

  /** Without the bell: no other screen shows what is being typed. */
  saveFormDraft(draft: FormDraft): Promise<void> { return this.opened.forms.save(draft); }

  formDrafts(): Promise<FormDraft[]> { return this.opened.forms.all(); }

  saveFormFile(file: FormFile): Promise<void> { return this.opened.forms.saveFile(file); }

  formFiles(draft: string): Promise<FormFile[]> { return this.opened.forms.files(draft); }

  drafts(): Promise<VoiceDraft[]> {
    return this.opened.recordings.all();
  }

  async purge(serverNow: Date): Promise<void> {
    if (await this.opened.sent.purge(await this.outgoing(), serverNow)) this.bell.ring();
  }

  forget(): Promise<void> {
    return this.changing(empty(this.opened.database, "records", "fetched"));
  }

  async wipe(): Promise<void> {
    this.opened.database.close();
    await deleteDB(this.name);
    this.opened = await openAll(this.name, this.clocks);
    this.bell.ring();
  }

  onChange(callback: () => void): () => void {
    return this.bell.on(callback);
  }

  /** Ends the connection, as the end of a page does. */
  close(): void {
    this.bell.close();
    this.opened.database.close();
  }

  /** After the vault was opened or closed. */
  async turned(): Promise<void> {
    if (this.locked) this.forgetRead();
    else await closeOld(this.opened.database, this.vault);
    this.bell.tell();
  }

  private forgetRead(): void { for (const table of [this.opened.outbox, this.opened.records]) table.forget(); }

  private async changing<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    this.bell.ring();
    return result;
  }
}
