/**
 * How recordings cover a label. A label is spoken by one recording of it or, where there is none, by the longest
 * recordings whose words follow each other: "3 བསྐུར" by "3" and "བསྐུར", a family's name by the parts names are made of.
 * All of it is covered or nothing: half a sentence misleads.
 */

/** What counts when words are compared: Tibetan syllables, Chinese characters, Latin words, runs of digits. Marks do not. */
const TOKEN = /[\u0F40-\u0F84\u0F86-\u0FBC]+|[\u3400-\u4DBF\u4E00-\u9FFF]|[0-9]+|[A-Za-z]+/gu;

export function tokens(text: string): string[] {
  const digits = text.normalize("NFC").replace(/[\u0F20-\u0F29]/g, (digit) => String(digit.charCodeAt(0) - 0x0f20));
  return digits.toLowerCase().match(TOKEN) ?? [];
}

/** Recordings by their words. */
export class Phrasebook<Sound> {
  private readonly sounds = new Map<string, Sound>();
  private longest = 1;

  add(words: string, sound: Sound): void {
    const parts = tokens(words);
    if (!parts.length) return;
    this.sounds.set(parts.join(" "), sound);
    this.longest = Math.max(this.longest, parts.length);
  }

  /** The recordings that together say exactly `text`, or null. */
  cover(text: string): Sound[] | null {
    const said: Sound[] = [];
    let rest = tokens(text);
    if (!rest.length) return null;
    while (rest.length) {
      const length = this.reach(rest);
      if (length) {
        said.push(this.sounds.get(rest.slice(0, length).join(" "))!);
        rest = rest.slice(length);
        continue;
      }
      // A number nobody has spoken is read digit by digit, as over a telephone.
      const digits = /^[0-9]{2,}$/.test(rest[0]!) ? [...rest[0]!] : null;
      if (!digits) return null;
      rest = [...digits, ...rest.slice(1)];
    }
    return said;
  }

  /** How many of the first tokens the longest fitting recording says; 0 when none fits. */
  private reach(rest: readonly string[]): number {
    for (let length = Math.min(this.longest, rest.length); length > 0; length--) {
      if (this.sounds.has(rest.slice(0, length).join(" "))) return length;
    }
    return 0;
  }
}
