/** The keys of an open vault: how the PIN and the county's share give them, and how they are wrapped anew. */
import * as box from "./box";
import { dataKey } from "./making";
import { wrapping } from "./pin";
import type { VaultRecord } from "./record";

export interface Secrets {
  readonly token: string | null;
  readonly proof: string;
}

export const SECRETS: Secrets = { token: null, proof: "" };

export interface Ring {
  readonly key: CryptoKey;
  readonly own: CryptoKey;
  /** The stretched PIN, or no bytes: a new share needs a new wrapping. */
  readonly pin: ArrayBuffer;
  readonly secrets: Secrets;
}

/** Null when the PIN is another, or something of it is gone. */
export async function ringOf({ share, wrapped, own, secrets }: VaultRecord, pin: ArrayBuffer): Promise<Ring | null> {
  if (!share || !wrapped || !own) return null;
  const raw = await box.decrypt(await wrapping(share, pin), wrapped).catch(() => null);
  if (!raw) return null;
  const key = await dataKey(raw);
  const [pkcs8, told] = await Promise.all([box.decrypt(key, own), secrets && box.decrypt(key, secrets)]);
  const known = told ? (JSON.parse(new TextDecoder().decode(told)) as Secrets) : SECRETS;
  return { key, own: await box.privateKey(pkcs8), pin, secrets: known };
}

/** The data key, taken out of its old wrapping and put under another share or PIN. */
export async function rewrapped(record: VaultRecord, ring: Ring, share: CryptoKey, pin: ArrayBuffer): Promise<ArrayBuffer> {
  const raw = await box.decrypt(await wrapping(record.share!, ring.pin), record.wrapped!);
  return box.encrypt(await wrapping(share, pin), raw);
}

export function closedSecrets(key: CryptoKey, secrets: Secrets): Promise<ArrayBuffer> {
  return box.encrypt(key, new TextEncoder().encode(JSON.stringify(secrets)));
}
