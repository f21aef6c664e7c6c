/**
 * What one answer of the county does to the store, all of it or nothing.
 *
 * Opening and closing records takes promises of its own, and a transaction ends while one waits. So what the answer
 * touches is read and closed first, and written in one go if nobody changed the store meanwhile; else once more.
 */
import type { Receipt } from "../outbox/command";
import { readReceipt, type Change } from "../sync/wire";
import type { Vault } from "../vault/vault";
import { meet } from "./changes";
import { closeThing, openThing } from "./closing";
import type { ClosedThing, Database } from "./schema";
import { FRESH, type Absorption, type PhoneState, type Thing } from "./storage";

const STRICT = { durability: "strict" } as const;
const TRIES = 5;

interface Plan {
  readonly puts: readonly ClosedThing[];
  readonly drops: readonly [string, string][];
  readonly late: readonly Receipt[];
  readonly fits: boolean;
}

/** Returns false when a patch did not fit. On a locked phone only receipts and plain state are taken. */
export async function absorb(database: Database, vault: Vault, absorption: Absorption): Promise<boolean> {
  const { token, ...open } = absorption.state;
  if (token !== undefined && !vault.locked) await vault.setSecrets({ token });
  for (let again = 0; again < TRIES; again++) {
    const before = await phone(database);
    const next = { ...before, ...open };
    const plan = await planned(database, vault, absorption, next);
    if (await carryOut(database, absorption, plan, before, next)) return plan.fits;
  }
  throw new Error("the store changed under the sync again and again");
}

async function phone(database: Pick<Database, "get">): Promise<PhoneState> {
  return { ...FRESH, ...((await database.get("state", "phone")) as PhoneState | undefined), token: null };
}

async function planned(database: Database, vault: Vault, { changes }: Absorption, state: PhoneState): Promise<Plan> {
  const late = changes.filter((one) => one.kind === "receipt").flatMap((one) => readReceipt({ ...one.data, id: one.id }, state.lastSync ?? "") ?? []);
  const touched = new Map<string, Thing | null>();
  let fits = true;
  for (const change of changes.filter((one) => one.kind !== "receipt")) {
    const meeting = meet(await heldNow(database, vault, touched, change), change, state.round);
    if (meeting.act === "put") touched.set(keyOf(change), meeting.thing);
    else if (meeting.act === "drop") touched.set(keyOf(change), null);
    else if (meeting.act === "mismatch") fits = false;
  }
  const puts = await Promise.all([...touched.values()].filter((thing) => thing !== null).map((thing) => closeThing(vault, thing)));
  const drops = [...touched].filter(([, thing]) => thing === null).map(([key]) => key.split("\n") as [string, string]);
  return { puts, drops, late, fits };
}

const keyOf = (change: Change): string => `${change.kind}\n${change.id}`;

/** As this very answer left it so far, else as it lies in the store. */
async function heldNow(database: Database, vault: Vault, touched: ReadonlyMap<string, Thing | null>, change: Change): Promise<Thing | undefined> {
  const here = touched.get(keyOf(change));
  if (here !== undefined) return here ?? undefined;
  const closed = await database.get("records", [change.kind, change.id]);
  return closed && openThing(vault, closed);
}

/** False when somebody else moved the pull on, or forgot the county's data, while this was being prepared. */
async function carryOut(database: Database, { receipts, resend, sweep }: Absorption, plan: Plan, before: PhoneState, next: PhoneState): Promise<boolean> {
  const work = database.transaction(["receipts", "uploads", "records", "state"], "readwrite", STRICT);
  const records = work.objectStore("records");
  const now = { ...FRESH, ...((await work.objectStore("state").get("phone")) as PhoneState | undefined) };
  if (now.round !== before.round || now.cursor !== before.cursor || now.access !== before.access) return work.done.then(() => false);
  if (resend) await Promise.all([work.objectStore("receipts").clear(), work.objectStore("uploads").clear()]);
  for (const receipt of [...receipts, ...plan.late]) await work.objectStore("receipts").put(receipt);
  for (const thing of plan.puts) await records.put(thing);
  for (const key of plan.drops) await records.delete(key);
  if (sweep && plan.fits) await sweepOut(records, next.round);
  const state = plan.fits ? { ...now, ...pickChanged(before, next) } : { ...now, ...next, cursor: null, cold: true, round: next.round + 1 };
  await work.objectStore("state").put({ ...state, token: null }, "phone");
  await work.done;
  return true;
}

type Records = { getAll(): Promise<ClosedThing[]>; delete(key: [string, string]): Promise<void> };

async function sweepOut(records: Records, round: number): Promise<void> {
  for (const thing of await records.getAll()) if (thing.round < round) await records.delete([thing.kind, thing.id]);
}

/** Only what this answer changes, so that a language chosen meanwhile stays chosen. */
function pickChanged(before: PhoneState, next: PhoneState): Partial<PhoneState> {
  return Object.fromEntries(Object.entries(next).filter(([key, value]) => before[key as keyof PhoneState] !== value));
}
