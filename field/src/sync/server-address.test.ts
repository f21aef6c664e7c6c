import { beforeEach, expect, test } from "vitest";
import { serverAddress } from "./server-address";

let held: Map<string, string>;
beforeEach(() => {
  held = new Map();
});
const kept = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value) };
const at = (page: string, shell: boolean): string | null => serverAddress({ page, shell, kept });

test("a browser asks where its page came from, whatever a link says", () => {
  expect(at("https://county.example/field/?server=https://evil.example/#/case/1", false)).toBe("https://county.example/field/");
  expect(at("https://county.example/field/index.html", false)).toBe("https://county.example/field/");
  expect(held.size).toBe(0);
});

test("a shell asks the county its enrolment link named, from then on", () => {
  expect(at("https://localhost/index.html", true)).toBeNull();
  expect(at("https://localhost/?server=https%3A%2F%2Fcounty.example%2Ffield%2F#enrol=abc", true)).toBe("https://county.example/field/");
  expect(at("https://localhost/index.html#/", true)).toBe("https://county.example/field/");
});

test.each(["http://county.example/field/", "javascript:alert(1)", "county", ""])("a shell takes no address like %s", (named) => {
  expect(at(`https://localhost/?server=${encodeURIComponent(named)}`, true)).toBeNull();
});
