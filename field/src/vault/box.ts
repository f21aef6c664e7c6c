/**
 * Closed boxes: anybody who knows the public key can close one, only the private key opens it.
 *
 * The format is the county's (core/sync/sealing.py): 65 bytes of an ephemeral P-256 point, 12 bytes nonce, AES-256-GCM;
 * the key is HKDF-SHA256(ECDH, salt = the point, info). `info` keeps boxes for the county and for oneself apart.
 */

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const POINT = 65;
const NONCE = 12;
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

export const FOR_COUNTY = bytes("mulian-seal-1");
export const FOR_MYSELF = bytes("mulian-own-1");

export type Info = typeof FOR_COUNTY;

export function publicKey(key: JsonWebKey | ArrayBuffer): Promise<CryptoKey> {
  if (key instanceof ArrayBuffer) return crypto.subtle.importKey("raw", key, CURVE, false, []);
  const { kty, crv, x, y } = key as { kty: string; crv: string; x: string; y: string };
  return crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
}

export function privateKey(pkcs8: ArrayBuffer): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", pkcs8, CURVE, false, ["deriveBits"]);
}

/** A new pair: the public point as it may lie open, the private part to be put under lock. */
export async function makePair(): Promise<{ point: ArrayBuffer; pkcs8: ArrayBuffer }> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const [point, pkcs8] = await Promise.all([crypto.subtle.exportKey("raw", pair.publicKey), crypto.subtle.exportKey("pkcs8", pair.privateKey)]);
  return { point, pkcs8 };
}

export async function seal(to: CryptoKey, info: Info, message: BufferSource): Promise<ArrayBuffer> {
  const once = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = await crypto.subtle.exportKey("raw", once.publicKey);
  const key = await agree(once.privateKey, to, point, info, "encrypt");
  return joined(point, await encrypt(key, message));
}

/** Rejects (OperationError) when the box is not for this key or was changed. */
export async function open(own: CryptoKey, info: Info, box: ArrayBuffer): Promise<ArrayBuffer> {
  const point = box.slice(0, POINT);
  return decrypt(await agree(own, await publicKey(point), point, info, "decrypt"), box.slice(POINT));
}

/** AES-256-GCM with a fresh nonce in front. */
export async function encrypt(key: CryptoKey, message: BufferSource): Promise<ArrayBuffer> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  return joined(nonce, await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, message));
}

export function decrypt(key: CryptoKey, closed: ArrayBuffer): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: closed.slice(0, NONCE) }, key, closed.slice(NONCE));
}

async function agree(own: CryptoKey, other: CryptoKey, salt: ArrayBuffer, info: Info, use: KeyUsage): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info }, base, { name: "AES-GCM", length: 256 }, false, [use]);
}

export function joined(...parts: readonly (ArrayBuffer | Uint8Array)[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part instanceof Uint8Array ? part : new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
}

export function base64(raw: ArrayBuffer): string {
  const view = new Uint8Array(raw);
  let text = "";
  // In steps: a call with a megabyte of arguments overflows the stack of small phones.
  for (let at = 0; at < view.length; at += 0x8000) text += String.fromCharCode(...view.subarray(at, at + 0x8000));
  return btoa(text);
}

export function unbase64(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
}
