/**
 * What counts as the same word when somebody looks for it: the rules of the server's tokeniser (kernel/text.py), for
 * the few hundred names a phone holds. Chinese is compared by character, Tibetan by syllable without its case
 * particle, Latin letters and digits by their beginning; Tibetan digits are digits.
 */

export type Token = { readonly script: "han" | "tibetan" | "word"; readonly text: string };

const HAN = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
const TIBETAN = "\\u0f00\\u0f40-\\u0fbc";
const RUN = new RegExp(`(?<han>[${HAN}]+)|(?<tibetan>[${TIBETAN}]+)|(?<word>(?:(?![${HAN}${TIBETAN}])[\\p{L}\\p{N}])+)`, "gu");
const WRITTEN_APART = ["འི", "འམ", "འང"];
const VOWEL_OR_SUBJOINED = /[\u0f71-\u0f87\u0f8d-\u0fbc]$/u;
const LETTERS = /^[\u0f40-\u0f6c]+$/u;

/** The runs of a text in order: Chinese characters, Tibetan syllables, words. */
export function tokens(text: string): Token[] {
  return [...normal(text).matchAll(RUN)].map(({ groups }) => {
    if (groups?.["han"]) return { script: "han", text: groups["han"] };
    if (groups?.["tibetan"]) return { script: "tibetan", text: withoutParticle(groups["tibetan"]) };
    return { script: "word", text: groups?.["word"] ?? "" };
  });
}

function normal(text: string): string {
  const digits = text.normalize("NFKC").replace(/[\u0f20-\u0f29]/g, (digit) => String(digit.charCodeAt(0) - 0x0f20));
  return digits.toLowerCase();
}

/** A final འི འམ འང, and ར ས after an open syllable, are case particles: བཀའི is found under བཀའ, གངས stays whole. */
export function withoutParticle(syllable: string): string {
  for (const particle of WRITTEN_APART) {
    if (!syllable.endsWith(particle) || syllable.length === particle.length) continue;
    const stem = syllable.slice(0, -particle.length);
    return needsAChung(stem) ? `${stem}འ` : stem;
  }
  const stem = syllable.slice(0, -1);
  return /[རས]$/.test(syllable) && isOpen(stem) ? stem : syllable;
}

const isOpen = (stem: string): boolean => (stem.length === 1 && LETTERS.test(stem)) || VOWEL_OR_SUBJOINED.test(stem);

const needsAChung = (stem: string): boolean => stem.length === 2 && "གདབམའ".includes(stem[0]!) && LETTERS.test(stem);
