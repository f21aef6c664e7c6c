/** The people of a phone coming and going: known at the start, forgotten after a wipe. */
import { deleteDB } from "idb";
import { FIRST_STORE, IndexedStorage } from "../store/indexed";
import type { People } from "./people";

/** A phone enrolled before people were listed has one person, in the first store. */
export async function acquaint(people: People, storage: IndexedStorage): Promise<void> {
  const { access, person } = await storage.state();
  if (access === "none" || (await people.all()).length) return;
  await people.meet(person?.id ?? null, person?.name ?? "", FIRST_STORE);
}

/** After somebody's store was wiped: takes them off the list; the app itself goes when nobody is left. */
export async function partWith(people: People, removeApp: () => Promise<void>): Promise<void> {
  for (const one of await people.all()) {
    if (!(await isWiped(one.store))) continue;
    await people.remove(one.store);
    // What is still open on it in another page closes when asked (schema.ts), so nothing waits here.
    if (one.store !== FIRST_STORE) void deleteDB(one.store);
  }
  if (!(await people.all()).length) await removeApp();
}

async function isWiped(store: string): Promise<boolean> {
  const storage = await IndexedStorage.open(store);
  const { access } = await storage.state();
  storage.close();
  return access === "none";
}
