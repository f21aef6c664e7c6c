/** Whether a thing is what somebody looks for: every term typed must be found in one of its texts. */
import { tokens, type Token } from "./tokens";

export type Finder = (texts: readonly string[]) => boolean;

/** A test for things by their texts; null when nothing that can be looked for was typed. */
export function finder(query: string): Finder | null {
  const wanted = phrases(tokens(query));
  if (!wanted.length) return null;
  return (texts) => {
    const held = texts.map(tokens);
    return wanted.every((phrase) => held.some((words) => contains(words, phrase)));
  };
}

/** Syllables typed in a row are one name and must stand in a row; everything else is looked for by itself. */
function phrases(typed: readonly Token[]): Token[][] {
  const found: Token[][] = [];
  for (const token of typed) {
    const last = found.at(-1);
    if (token.script === "tibetan" && last?.[0]?.script === "tibetan") last.push(token);
    else found.push([token]);
  }
  return found;
}

function contains(words: readonly Token[], phrase: readonly Token[]): boolean {
  const [only, ...more] = phrase;
  if (only?.script === "tibetan" && !more.length) return words.some((_, start) => runTogether(words, start).startsWith(only.text));
  return words.some((_, start) => phrase.every((token, index) => fits(words[start + index], token, index === phrase.length - 1)));
}

/** The syllables from one on without the dots between: many people type none. */
function runTogether(words: readonly Token[], start: number): string {
  const end = words.findIndex((word, index) => index >= start && word.script !== "tibetan");
  return words.slice(start, end < 0 ? undefined : end).map((word) => word.text).join("");
}

/** The last syllable may still be unfinished. A number may be given by its beginning or its end (0012: 00, 12). */
function fits(held: Token | undefined, typed: Token, last: boolean): boolean {
  if (held?.script !== typed.script) return false;
  if (typed.script === "han") return held.text.includes(typed.text);
  if (typed.script === "tibetan") return last ? held.text.startsWith(typed.text) : held.text === typed.text;
  return held.text.startsWith(typed.text) || (/^\d+$/.test(typed.text) && held.text.endsWith(typed.text));
}
