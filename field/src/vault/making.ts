/** A new vault, and what time does to one. */
import * as box from "./box";
import { isOver, tick, UNLEASED } from "./lease";
import { wrapping } from "./pin";
import type { VaultRecord } from "./record";

/** No PIN: no bytes. */
export const NO_PIN = new ArrayBuffer(0);

/** The record as it is now: counted on, and without its share when the lease is over. */
export function aged(record: VaultRecord, now: number, believed = false): VaultRecord {
  const lease = tick(record.lease, now, believed);
  return { ...record, lease, share: isOver(lease) ? null : record.share };
}

/** Without a PIN, and with a share made here until the county gives one. */
export async function makeRecord(now: number): Promise<VaultRecord> {
  const share = crypto.getRandomValues(new Uint8Array(32)).buffer;
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const [key, pair, kept] = await Promise.all([dataKey(raw.buffer), box.makePair(), shareKey(share)]);
  const [own, wrapped] = await Promise.all([box.encrypt(key, pair.pkcs8), wrapping(kept, NO_PIN).then((around) => box.encrypt(around, raw))]);
  return {
    point: pair.point, own, wrapped, share: kept, lease: UNLEASED(now), secrets: null, wrong: 0, wait: 0,
    salt: new Uint8Array(16), rounds: 0,
  };
}

export const shareKey = (raw: ArrayBuffer): Promise<CryptoKey> => crypto.subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
export const dataKey = (raw: ArrayBuffer): Promise<CryptoKey> => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
