import { expect, test } from "vitest";
import bo from "./bo.json";
import en from "./en.json";
import { withFinalMark } from "./marks";
import { ago } from "./time";
import { languageOf, named, translate } from "./translate";
import zh from "./zh-Hans.json";

const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

test("the three languages have the same keys and the same holes", () => {
  expect(Object.keys(bo)).toEqual(Object.keys(zh));
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    expect([key, holes(bo[key])]).toEqual([key, holes(zh[key])]);
    expect([key, holes(en[key])]).toEqual([key, holes(zh[key])]);
  }
});

test("Tibetan has no Latin or Chinese letters, no stray marks, and is stored without a final mark", () => {
  for (const [key, text] of Object.entries(bo)) {
    const words = text.replace(/\{\w+\}/g, "");
    expect([key, /[A-Za-z\u4e00-\u9fff]/.test(words)]).toEqual([key, false]);
    expect([key, /[་།]$/.test(text)]).toEqual([key, false]);
    expect([key, text]).toEqual([key, text.normalize("NFC")]);
    expect([key, /[^ང]་།/.test(text)]).toEqual([key, false]);
  }
});

test.each([
  ["ཉར་ཚགས", "ཉར་ཚགས།"], ["ཞིང", "ཞིང་།"], ["གློག", "གློག"], ["ཤོག", "ཤོག"], ["མཚམས་འཇོག", "མཚམས་འཇོག"], ["ཕབ", "ཕབ།"],
  ["ཡི་གེ", "ཡི་གེ"], ["ལྟེ་བ", "ལྟེ་བ།"], ["ལས་ཀ", "ལས་ཀ"], ["ང་ཚོ", "ང་ཚོ།"], ["སྐར་མ་5", "སྐར་མ་5"], ["གནས་སྤོ", "གནས་སྤོ།"],
])("the final mark of %s", (stored, shown) => {
  expect(withFinalMark(stored)).toBe(shown);
});

test("names of the county fall back from Tibetan to Chinese, never to English", () => {
  expect(named({ zh: "雪灾", en: "Snow" }, "bo")).toBe("雪灾");
  expect(named({ en: "Snow" }, "bo")).toBe("");
  expect(named({ bo: "གངས་སྐྱོན", zh: "雪灾" }, "bo")).toBe("གངས་སྐྱོན");
  expect([languageOf("zh-hans"), languageOf("bo-CN"), languageOf("fr"), languageOf("")]).toEqual(["zh-Hans", "bo", null, null]);
});

test("times are written out by hand", () => {
  const now = new Date("2026-11-21T12:00:00");
  expect(ago("zh-Hans", "2026-11-21T11:59:30", now)).toBe("刚刚");
  expect(ago("bo", "2026-11-21T09:00:00", now)).toBe("ཆུ་ཚོད་3གོང་།");
  expect(ago("zh-Hans", "2026-11-18T12:00:00", now)).toBe("3天前");
  expect(ago("bo", "2026-01-05T12:00:00", now)).toBe("2026ལོའི་ཟླ་1ཚེས་5");
  expect(ago("en", "2027-11-21T12:00:00", now)).toBe(translate("en", "time.now"));
});
