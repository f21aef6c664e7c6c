/** The same answers mean the same on the phone and at the county: vectors of tests/golden/forms, run by Python too. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { check, type Why } from "./checking";
import { readDefinition, type Definition } from "./definition";
import { Filling, type Answers } from "./filling";

const FOLDER = new URL("../../../../tests/golden/forms/", import.meta.url);

interface Case {
  readonly answers: Answers;
  readonly today: string;
  readonly now?: string;
  readonly language?: string;
  readonly relevant?: Record<string, boolean>;
  readonly refused?: Record<string, Why>;
  readonly kept?: Answers;
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

test.each(files)("%s", (name) => {
  const { definition, cases } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as { definition: unknown; cases: Case[] };
  const form = readDefinition(definition) as Definition;
  expect([form.id, cases.length > 0]).toEqual([form.id, true]);
  for (const one of cases) {
    const found = check(new Filling(form, one.answers, one.today, one.now, one.language));
    if (one.relevant) expect(found.relevant).toEqual(one.relevant);
    if (one.refused) expect(found.refused).toEqual(one.refused);
    if (one.kept) expect(found.kept).toEqual(one.kept);
  }
});

test("a form of a kind this app cannot draw, or with a word it cannot reckon, is for a newer app; a login page is none", () => {
  const form = (item: object) => ({ id: "x", version: "1", title: {}, about: "none", items: [{ name: "q", label: {}, ...item }] });
  expect(readDefinition(form({ type: "geotrace" }))).toBe("newer");
  expect(readDefinition(form({ type: "text", relevant: ["call", "pulldata", ["lit", "x"]] }))).toBe("newer");
  expect(readDefinition(form({ type: "group", children: [{ name: "in", type: "range" }] }))).toBe("newer");
  expect(readDefinition({ ...form({ type: "text" }), needs: 2 })).toBe("newer");
  expect(readDefinition("<html>")).toBeNull();
});
