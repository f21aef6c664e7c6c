/** Forms half filled in, closed like a recording under way: each answer is on the disk before the next is asked. */
import { Locked, type Vault } from "../vault/vault";
import type { Database } from "./schema";
import type { FormDraft, FormFile } from "./storage";

const STRICT = { durability: "strict" } as const;

/** All files of one draft. */
export const filesOf = (draft: string): IDBKeyRange => IDBKeyRange.bound([draft], [draft, []]);

export class FormDrafts {
  /** Answers are written one after the other: a later one never lies under an earlier one. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly newest = new Map<string, FormDraft>();

  constructor(private readonly database: Database, private readonly vault: Vault) {}

  /** While one is being written, of those typed meanwhile only the last goes to the disk: it holds all of them. */
  save(draft: FormDraft): Promise<void> {
    this.newest.set(draft.id, draft);
    const writing = this.last.then(() => (this.newest.get(draft.id) === draft ? this.write(draft) : undefined));
    this.last = writing.catch(() => undefined);
    return writing;
  }

  async saveFile(file: FormFile): Promise<void> {
    const bytes = await this.vault.sealOwn(file.bytes);
    const work = this.database.transaction("form_files", "readwrite", STRICT);
    await Promise.all([work.store.put({ ...file, bytes }), work.done]);
  }

  async all(): Promise<FormDraft[]> {
    if (this.vault.locked) throw new Locked();
    return Promise.all((await this.database.getAll("forms")).map(async ({ id, said }) => ({
      id, said: JSON.parse(new TextDecoder().decode(await this.vault.openOwn(said))) as FormDraft["said"],
    })));
  }

  async files(draft: string): Promise<FormFile[]> {
    if (this.vault.locked) throw new Locked();
    const closed = await this.database.getAll("form_files", filesOf(draft));
    return Promise.all(closed.map(async (file) => ({ ...file, bytes: await this.vault.openOwn(file.bytes) })));
  }

  async drop(id: string): Promise<void> {
    this.newest.delete(id);
    await this.last;
    const work = this.database.transaction(["forms", "form_files"], "readwrite");
    await Promise.all([work.objectStore("forms").delete(id), work.objectStore("form_files").delete(filesOf(id)), work.done]);
  }

  private async write({ id, said }: FormDraft): Promise<void> {
    const closed = await this.vault.sealOwn(new TextEncoder().encode(JSON.stringify(said)));
    const work = this.database.transaction("forms", "readwrite", STRICT);
    await Promise.all([work.store.put({ id, said: closed }), work.done]);
  }
}
