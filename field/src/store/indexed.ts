/** The store in the browser's IndexedDB. */
import { deleteDB } from "idb";
import { freeze, type CommandDraft, type MediaPart, type Outgoing, type Receipt, type StoredCommand } from "../outbox/command";
import { readReceipt } from "../sync/wire";
import { meet } from "./changes";
import { openTables, type Database } from "./schema";
import { FRESH, type Absorption, type PhoneState, type Storage, type Thing, type Upload, type VoiceDraft } from "./storage";

const KEEP_DAYS = 30;
const DAY = 86_400_000;
const STRICT = { durability: "strict" } as const;

const byUrgency = (a: Outgoing, b: Outgoing): number => Number(b.urgent) - Number(a.urgent) || a.seq - b.seq;

export class IndexedStorage implements Storage {
  private readonly listeners = new Set<() => void>();
  private readonly channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("mulian-store");

  private constructor(private readonly name: string, private database: Database) {
    if (this.channel) this.channel.onmessage = () => this.tell();
  }

  static async open(name = "mulian"): Promise<IndexedStorage> {
    return new IndexedStorage(name, await openTables(name));
  }

  async append(draft: CommandDraft, media: readonly MediaPart[], recording?: string): Promise<StoredCommand> {
    const work = this.database.transaction(["outbox", "media", "uploads", "state", "drafts"], "readwrite", STRICT);
    const seq = Number((await work.objectStore("state").get("seq")) ?? 0) + 1;
    // Only what this phone itself sent can be waited for: a case from elsewhere was never a command here.
    const held = await Promise.all(draft.after.map((id) => work.objectStore("outbox").getKey(id)));
    const after = draft.after.filter((_, index) => held[index] !== undefined);
    const command = freeze({ ...draft, after }, seq, media.map((part) => part.sha256));
    await Promise.all([
      work.objectStore("state").put(seq, "seq"),
      work.objectStore("outbox").add(command),
      recording === undefined ? undefined : work.objectStore("drafts").delete(recording),
      ...media.map((part) => work.objectStore("media").put(part)),
      work.done,
    ]);
    this.changed();
    return command;
  }

  commands(): Promise<StoredCommand[]> {
    return this.database.getAllFromIndex("outbox", "seq");
  }

  outgoing(): Promise<Outgoing[]> {
    return this.commands();
  }

  async receipts(): Promise<Map<string, Receipt>> {
    return new Map((await this.database.getAll("receipts")).map((receipt) => [receipt.id, receipt]));
  }

  async unsent(limit: number): Promise<Outgoing[]> {
    const [commands, done] = await Promise.all([this.outgoing(), this.database.getAllKeys("receipts")]);
    const known = new Set<string>(done);
    return commands.filter((command) => !known.has(command.id)).sort(byUrgency).slice(0, limit);
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
    const work = this.database.transaction(["receipts", "uploads", "things", "state"], "readwrite", STRICT);
    const things = work.objectStore("things");
    const state = { ...FRESH, ...((await work.objectStore("state").get("phone")) as PhoneState | undefined), ...absorption.state };
    if (absorption.resend) await Promise.all([work.objectStore("receipts").clear(), work.objectStore("uploads").clear()]);
    for (const receipt of absorption.receipts) await work.objectStore("receipts").put(receipt);
    let fits = true;
    for (const change of absorption.changes) {
      if (change.kind === "receipt") {
        const late = readReceipt({ ...change.data, id: change.id }, state.lastSync ?? "");
        if (late) await work.objectStore("receipts").put(late);
        continue;
      }
      const meeting = meet(await things.get([change.kind, change.id]), change, state.round);
      if (meeting.act === "put") await things.put(meeting.thing);
      else if (meeting.act === "drop") await things.delete([change.kind, change.id]);
      else if (meeting.act === "mismatch") fits = false;
    }
    if (absorption.sweep && fits) {
      for (const thing of await things.getAll()) if (thing.round < state.round) await things.delete([thing.kind, thing.id]);
    }
    const next = fits ? state : { ...state, cursor: null, cold: true, round: state.round + 1 };
    await work.objectStore("state").put(next, "phone");
    await work.done;
    this.changed();
    return fits;
  }

  things(kind: string): Promise<Thing[]> {
    return this.database.getAllFromIndex("things", "kind", kind);
  }

  thing(kind: string, id: string): Promise<Thing | undefined> {
    return this.database.get("things", [kind, id]);
  }

  async keepFile(part: MediaPart): Promise<void> {
    await this.database.put("files", part);
    this.changed();
  }

  file(sha256: string): Promise<MediaPart | undefined> {
    return this.database.get("files", sha256);
  }

  async fileNames(): Promise<Set<string>> {
    return new Set(await this.database.getAllKeys("files"));
  }

  async dropFiles(names: readonly string[]): Promise<void> {
    const work = this.database.transaction("files", "readwrite");
    await Promise.all([...names.map((name) => work.store.delete(name)), work.done]);
    this.changed();
  }

  async state(): Promise<PhoneState> {
    return { ...FRESH, ...((await this.database.get("state", "phone")) as PhoneState | undefined) };
  }

  async setState(patch: Partial<PhoneState>): Promise<void> {
    const work = this.database.transaction("state", "readwrite", STRICT);
    const held = (await work.store.get("phone")) as PhoneState | undefined;
    await Promise.all([work.store.put({ ...FRESH, ...held, ...patch }, "phone"), work.done]);
    this.changed();
  }

  async saveDraft(draft: VoiceDraft): Promise<void> {
    await this.database.put("drafts", draft);
  }

  async dropDraft(id: string): Promise<void> {
    await this.database.delete("drafts", id);
    this.changed();
  }

  drafts(): Promise<VoiceDraft[]> {
    return this.database.getAll("drafts");
  }

  async purge(serverNow: Date): Promise<void> {
    const [commands, receipts, uploads] = await Promise.all([this.commands(), this.receipts(), this.uploads()]);
    const old = (command: StoredCommand): boolean => {
      const receipt = receipts.get(command.id);
      if (!receipt || receipt.verdict === "parked") return false;
      const settled = receipt.verdict === "refused" || command.media.every((sha256) => uploads.get(sha256)?.complete);
      return settled && Date.parse(receipt.serverAt) + KEEP_DAYS * DAY < serverNow.getTime();
    };
    const gone = commands.filter(old);
    if (gone.length) await this.remove(gone, commands.filter((command) => !old(command)));
  }

  private async remove(gone: readonly StoredCommand[], kept: readonly StoredCommand[]): Promise<void> {
    const needed = new Set(kept.flatMap((command) => command.media));
    const work = this.database.transaction(["outbox", "receipts", "media", "uploads"], "readwrite");
    for (const command of gone) {
      await work.objectStore("outbox").delete(command.id);
      await work.objectStore("receipts").delete(command.id);
      for (const sha256 of command.media.filter((name) => !needed.has(name))) {
        await work.objectStore("media").delete(sha256);
        await work.objectStore("uploads").delete(sha256);
      }
    }
    await work.done;
    this.changed();
  }

  async forget(): Promise<void> {
    const work = this.database.transaction(["things", "files"], "readwrite", STRICT);
    await Promise.all([work.objectStore("things").clear(), work.objectStore("files").clear(), work.done]);
    this.changed();
  }

  async wipe(): Promise<void> {
    this.database.close();
    await deleteDB(this.name);
    this.database = await openTables(this.name);
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

  private changed(): void {
    this.channel?.postMessage("changed");
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
