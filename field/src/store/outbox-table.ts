/** The outbox as it lies in the database: sealed rows, and beside each a copy for its own person's eyes. */
import type { CommandDraft, MediaPart, Outgoing, StoredCommand } from "../outbox/command";
import { Locked, type Vault } from "../vault/vault";
import { closeFile } from "./closing";
import { filesOf } from "./form-drafts";
import { piecesOf } from "./recordings";
import type { Database } from "./schema";
import { addressOf, closeCommand, closeMedia, NoCountyKey, renamed, said, unreadable } from "./sealing";
import type { PhoneState } from "./storage";

const STRICT = { durability: "strict" } as const;

const byUrgency = (a: Outgoing, b: Outgoing): number => Number(b.urgent) - Number(a.urgent) || a.seq - b.seq;

export class OutboxTable {
  /** What commands say never changes, so each is opened once. */
  private readonly read = new Map<string, StoredCommand>();

  constructor(private readonly database: Database, private readonly vault: Vault) {}

  async append(draft: CommandDraft, media: readonly MediaPart[], state: PhoneState, recording?: string): Promise<StoredCommand> {
    const address = await addressOf(state);
    const paper = media.some((part) => part.paper);
    if (paper && !address) throw new NoCountyKey();
    const closed = await Promise.all(media.map((part) => closeMedia(part, address)));
    const { seq, after } = await this.number(draft.after);
    const command = renamed({ ...draft, after }, closed);
    const names = closed.map(({ part }) => part.sha256);
    const [outgoing, copy, mine] = await Promise.all([
      closeCommand(command, seq, names, address),
      this.vault.sealOwn(said(command)),
      Promise.all(media.flatMap((part, index) => (part.paper ? [] : [closeFile(this.vault, { ...part, sha256: names[index]! })]))),
    ]);
    const row: Outgoing = paper ? { ...outgoing, paper } : outgoing;
    const work = this.database.transaction(["outbox", "copies", "media", "mine", "recordings", "pieces", "shares", "forms", "form_files"], "readwrite", STRICT);
    await Promise.all([
      work.objectStore("outbox").add(row),
      work.objectStore("copies").add({ id: row.id, said: copy }),
      ...(recording === undefined ? [] : [
        work.objectStore("recordings").delete(recording), work.objectStore("pieces").delete(piecesOf(recording)), work.objectStore("shares").delete(recording),
        work.objectStore("forms").delete(recording), work.objectStore("form_files").delete(filesOf(recording)),
      ]),
      ...closed.map(({ part }) => work.objectStore("media").put(part)),
      ...mine.map((part) => work.objectStore("mine").put(part)),
      work.done,
    ]);
    return { ...command, ...row };
  }

  /** All of it in order of saving, readable or not. */
  rows(): Promise<Outgoing[]> {
    return this.database.getAllFromIndex("outbox", "seq");
  }

  async commands(): Promise<StoredCommand[]> {
    if (this.vault.locked) throw new Locked();
    return Promise.all((await this.rows()).map((row) => this.readable(row)));
  }

  async unsent(limit: number): Promise<Outgoing[]> {
    const [rows, done] = await Promise.all([this.rows(), this.database.getAllKeys("receipts")]);
    const known = new Set<string>(done);
    return rows.filter((row) => !known.has(row.id)).sort(byUrgency).slice(0, limit);
  }

  /** What was read while the store was open. */
  forget(): void {
    this.read.clear();
  }

  private async readable(row: Outgoing): Promise<StoredCommand> {
    // Version 1 laid commands down open.
    if ("body" in row) return row as StoredCommand;
    const held = this.read.get(row.id);
    if (held) return held;
    const copy = await this.database.get("copies", row.id);
    const opened = copy && (await this.vault.openOwn(copy.said).catch(() => null));
    const command = opened ? { ...row, ...(JSON.parse(new TextDecoder().decode(opened)) as CommandDraft) } : unreadable(row);
    this.read.set(row.id, command);
    return command;
  }

  /** The next number, taken whether or not the saving succeeds (gaps are legal); and which of `after` lie here. */
  private async number(after: readonly string[]): Promise<{ seq: number; after: string[] }> {
    const work = this.database.transaction(["state", "outbox"], "readwrite");
    const seq = Number((await work.objectStore("state").get("seq")) ?? 0) + 1;
    // Only what this phone itself sent can be waited for: a case from elsewhere was never a command here.
    const held = await Promise.all(after.map((id) => work.objectStore("outbox").getKey(id)));
    await Promise.all([work.objectStore("state").put(seq, "seq"), work.done]);
    return { seq, after: after.filter((_, index) => held[index] !== undefined) };
  }
}
