/** Base45 (RFC 9285): bytes in the characters a QR code packs tightest, so that every reader returns them unchanged. */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

export function toBase45(bytes: Uint8Array): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 2) {
    const pair = index + 1 < bytes.length;
    let value = pair ? bytes[index]! * 256 + bytes[index + 1]! : bytes[index]!;
    for (let digit = 0; digit < (pair ? 3 : 2); digit++, value = Math.floor(value / 45)) text += ALPHABET[value % 45];
  }
  return text;
}

/** The bytes, or null when this is no Base45. */
export function fromBase45(text: string): Uint8Array | null {
  const digits = [...text].map((char) => ALPHABET.indexOf(char));
  if (digits.includes(-1) || text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let index = 0; index < digits.length; index += 3) {
    const group = digits.slice(index, index + 3);
    const value = group.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (value > (group.length === 3 ? 0xffff : 0xff)) return null;
    bytes.push(...(group.length === 3 ? [value >> 8, value & 0xff] : [value]));
  }
  return Uint8Array.from(bytes);
}
