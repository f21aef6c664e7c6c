/**
 * Sending while nobody looks: the same engine, inside the service worker, woken by Background Sync.
 *
 * The worker opens each person's store as it lies (locked), so it has nothing but the push token: it sends what is
 * sealed and takes receipts. It reads no report and fetches no data.
 */
import { countUnsent } from "../outbox/unsent";
import { FIRST_STORE, IndexedStorage } from "../store/indexed";
import type { People } from "../vault/people";
import type { Carried } from "./carried";
import { Engine } from "./engine";
import type { Exclusively } from "./sender";
import type { Transport } from "./transport";

export const TAG = "mulian-outbox";
/** How often a phone with Periodic Background Sync may wake by itself; browsers make it rarer. */
export const PERIOD = 12 * 3_600_000;

export interface Background {
  readonly stores: () => Promise<string[]>;
  readonly transport: Transport;
  readonly carried: Carried;
  readonly exclusively: Exclusively;
  readonly removeApp: () => Promise<void>;
}

const never = (): boolean => false;

/**
 * Sends every person's outbox. Returns how much is still unsent; throws the first failure, after all were tried, so
 * that the browser calls again.
 */
export async function sendAll(parts: Background): Promise<number> {
  const failures: unknown[] = [];
  let left = 0;
  for (const name of await parts.stores()) {
    const storage = await IndexedStorage.open(name).catch(() => null); // a newer app has this store: it sends by itself
    if (!storage) continue;
    const engine = new Engine(storage, parts.transport, parts.removeApp, parts.carried);
    await parts.exclusively(() => engine.run(never)).catch((error: unknown) => failures.push(error));
    left += await countUnsent(storage);
    storage.close();
  }
  if (failures.length) throw failures[0];
  return left;
}

/** The stores of all people on this phone; a phone that has no list yet has the first one. */
export async function storesOf(people: People): Promise<string[]> {
  const all = await people.all();
  return all.length ? all.map((one) => one.store) : [FIRST_STORE];
}

/** The number on the app's icon; a phone without badges shows it in the app only. */
export async function showBadge(count: number): Promise<void> {
  const badge = navigator as { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> };
  await (count ? badge.setAppBadge?.(count) : badge.clearAppBadge?.())?.catch(() => undefined);
}
