/**
 * What a PIN becomes, and what wrong ones cost.
 *
 * Four to six digits are guessed in hours by whoever copies a phone's memory, whatever the iterations. That is why the
 * PIN alone opens nothing (the county's share is needed too, see vault.ts) and why the stretching stops at what a
 * cheap phone bears: at least 310,000 rounds of PBKDF2-SHA256, more where that takes less than half a second.
 */
export const LEAST_ROUNDS = 310_000;
const MOST_ROUNDS = 1_000_000;
const WANTED_MILLIS = 400;

/** Wrong PINs without a wait, and the one after which nothing that can be fetched again is kept. */
export const FREE = 5;
export const MOST = 10;
const FIRST_WAIT = 60_000;

const PROOF = new TextEncoder().encode("mulian-lease-1");
const WRAP = new TextEncoder().encode("mulian-vault-1");

export const isPin = (text: string): boolean => /^\d{4,6}$/.test(text);

/** 256 bits of the PIN, stretched. */
export async function stretch(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<ArrayBuffer> {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, base, 256);
}

/** As many rounds as this phone does in about 0.4 s, measured once when the PIN is chosen. `clock` counts ms. */
export async function bearable(clock: () => number): Promise<number> {
  const start = clock();
  await stretch("0000", new Uint8Array(16), LEAST_ROUNDS / 10);
  const millis = Math.max(1, clock() - start);
  return Math.round(Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, (LEAST_ROUNDS / 10) * (WANTED_MILLIS / millis))));
}

/** The key around the data key. `pin`: the stretched PIN, or no bytes while none is chosen; both halves are needed. */
export function wrapping(share: CryptoKey, pin: ArrayBuffer): Promise<CryptoKey> {
  const how = { name: "HKDF", hash: "SHA-256", salt: pin, info: WRAP };
  return crypto.subtle.deriveKey(how, share, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** What shows the county that the PIN is known, without telling the PIN. */
export async function proofOf(pin: ArrayBuffer): Promise<ArrayBuffer> {
  const base = await crypto.subtle.importKey("raw", pin, "HKDF", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: PROOF }, base, 256);
}

/** Milliseconds to wait after so many wrong PINs in a row: a minute after the fifth, then twice as long each time. */
export function waitAfter(wrong: number): number {
  return wrong < FREE ? 0 : FIRST_WAIT * 2 ** (wrong - FREE);
}
