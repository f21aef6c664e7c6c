import { expect, test } from "vitest";
import { finder } from "./match";
import { tokens, withoutParticle } from "./tokens";

test.each([
  ["བཀའི", "བཀའ"], ["ཁྱིམ་གྱི", "ཁྱིམ་གྱི"], ["ངས", "ང"], ["གངས", "གངས"], ["མདོར", "མདོ"], ["རྟའི", "རྟ"], ["ས", "ས"], ["དགར", "དགར"],
])("%s is looked for as %s, as the server does", (written, looked) => {
  expect(withoutParticle(written)).toBe(looked);
});

test("runs are Chinese, Tibetan syllables, words with Tibetan digits as digits", () => {
  expect(tokens("GD-0012 才让 བསོད་ནམས་༡༢").map((token) => token.text)).toEqual(["gd", "0012", "才让", "བསོད", "ནམས", "12"]);
});

const TEXTS = ["བཟོས་པའི་སྒྲོལ་མ་མཚོ", "合成卓玛才让", "204200-0012", "000-4471"];

test.each([
  ["སྒྲོལ", true], ["སྒྲོལམམཚོ", true], ["རོལ", false], ["སྒྲོལ་མ", true], ["སྒྲོལ་མཚོ", false], ["སྒྲོལ་མ་མཚ", true], ["མཚོའི", true], ["卓", true], ["玛才", true], ["才玛", false],
  ["才 卓", true], ["0012", true], ["12", true], ["༠༠༡༢", true], ["204200", true], ["0013", false], ["卓 12", true], ["卓 13", false], ["4471", true],
])("%s finds: %s", (query, found) => {
  expect(finder(query)?.(TEXTS)).toBe(found);
});

test.each(["", " ", "་", "-"])("nothing to look for in %j", (query) => {
  expect(finder(query)).toBeNull();
});
