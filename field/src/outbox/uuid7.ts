/** UUID version 7 (RFC 9562): time-ordered ids, made on the phone, so that a thing has its name before any network. */

let lastMillis = 0;
let counter = 0;

/** A new id for the moment `millis` (ms since 1970). Never goes backwards within one page, even if the clock does. */
export function uuid7(millis: number): string {
  if (millis > lastMillis) {
    lastMillis = millis;
    counter = crypto.getRandomValues(new Uint16Array(1))[0]! & 0x3ff;
  } else if (++counter > 0xfff) {
    lastMillis += 1;
    counter = 0;
  }
  return format(lastMillis, counter, crypto.getRandomValues(new Uint8Array(8)));
}

/** When the id was made, by the clock of its maker (RFC 3339). */
export function madeAt(id: string): string {
  return new Date(parseInt(id.replace("-", "").slice(0, 12), 16)).toISOString();
}

function format(millis: number, count: number, random: Uint8Array): string {
  const time = millis.toString(16).padStart(12, "0");
  const tail = [(random[0]! & 0x3f) | 0x80, ...random.subarray(1)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, "0")}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
