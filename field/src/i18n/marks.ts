/**
 * The final mark of a Tibetan label. Stored strings carry none (glossary-notes, rule 2), so that one word serves as
 * button, heading and table cell: after ང comes ་།, after a syllable ending in ག, ཀ or ཤ nothing, else །.
 */

const VOWELS = /[\u0F71-\u0F84]+$/u;
const LETTER = /[\u0F40-\u0F6C\u0F90-\u0FBC]$/u;

export function withFinalMark(text: string): string {
  const bare = text.replace(VOWELS, "");
  if (!LETTER.test(bare)) return text;
  const last = bare.at(-1)!;
  if (last === "ང" && bare === text) return `${text}་།`;
  return "གཀཤ".includes(last) ? text : `${text}།`;
}
