/** Closes what version 1 of the store left open. The outbox is not touched: its bytes go up as they were saved. */
import type { Vault } from "../vault/vault";
import { closeFile, closeThing } from "./closing";
import type { Database } from "./schema";
import type { PhoneState } from "./storage";

/** Safe to repeat: a table is emptied in the transaction that writes its closed rows. Needs an open vault. */
export async function closeOld(database: Database, vault: Vault): Promise<void> {
  const state = (await database.get("state", "phone")) as PhoneState | undefined;
  if (state?.token) {
    await vault.setSecrets({ token: state.token });
    await database.put("state", { ...state, token: null }, "phone");
  }
  const [things, files, drafts] = await Promise.all([database.getAll("things"), database.getAll("files"), database.getAll("drafts")]);
  if (!things.length && !files.length && !drafts.length) return;
  const closedThings = await Promise.all(things.map((thing) => closeThing(vault, thing)));
  const closedFiles = await Promise.all(files.map((part) => closeFile(vault, part)));
  const closedDrafts = await Promise.all(drafts.map(async (draft) => ({ ...draft, parts: await Promise.all(draft.parts.map((part) => vault.sealOwn(part))) })));
  const work = database.transaction(["things", "files", "drafts", "records", "fetched", "recordings"], "readwrite", { durability: "strict" });
  await Promise.all([
    ...closedThings.map((thing) => work.objectStore("records").put(thing)),
    ...closedFiles.map((part) => work.objectStore("fetched").put(part)),
    ...closedDrafts.map((draft) => work.objectStore("recordings").put(draft)),
    work.objectStore("things").clear(), work.objectStore("files").clear(), work.objectStore("drafts").clear(),
    work.done,
  ]);
}
