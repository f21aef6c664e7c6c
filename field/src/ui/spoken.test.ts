import fc from "fast-check";
import { expect, test } from "vitest";
import { Phrasebook, tokens } from "./spoken";

function book(...words: string[]): Phrasebook<string> {
  const made = new Phrasebook<string>();
  for (const one of words) made.add(one, one);
  return made;
}

test("marks, spaces and the kind of digit do not count", () => {
  expect(tokens("ཉར་ཚགས་བྱས་ཟིན།")).toEqual(["ཉར", "ཚགས", "བྱས", "ཟིན"]);
  expect(tokens("待发送 ༣ 条。")).toEqual(["待", "发", "送", "3", "条"]);
  expect(book("ཉར་ཚགས").cover("ཉར་ཚགས།")).toEqual(["ཉར་ཚགས"]);
});

test("a label is said whole where it can be, else by its parts", () => {
  const parts = book("ཚེ་རིང", "སྒྲོལ་མ", "ཚེ་རིང་སྒྲོལ་མ", "སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད", "1", "2", "12");
  expect(parts.cover("ཚེ་རིང་སྒྲོལ་མ")).toEqual(["ཚེ་རིང་སྒྲོལ་མ"]);
  expect(parts.cover("སྒྲོལ་མ་ཚེ་རིང")).toEqual(["སྒྲོལ་མ", "ཚེ་རིང"]);
  expect(parts.cover("སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད 12")).toEqual(["སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད", "12"]);
  expect(parts.cover("སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད 211")).toEqual(["སྐུར་རྒྱུར་སྒུག་བཞིན་ཡོད", "2", "1", "1"]);
});

test("half a label is not said", () => {
  expect(book("ཚེ་རིང").cover("ཚེ་རིང་མཚོ")).toBe(null);
  expect(book("1").cover("12")).toBe(null);
  expect(book("གང").cover("།།")).toBe(null);
});

test("whatever is covered says every word once and in order", () => {
  const syllable = fc.constantFrom("ཚེ", "རིང", "མ", "7", "42");
  fc.assert(fc.property(fc.array(syllable, { minLength: 1 }), fc.array(fc.array(syllable, { minLength: 1, maxLength: 3 })), (label, recorded) => {
    const said = book(...recorded.map((words) => words.join(" "))).cover(label.join(" "));
    const letters = (words: readonly string[]): string => words.flatMap(tokens).join("");
    if (said) expect(letters(said)).toBe(letters(label));
  }));
});
