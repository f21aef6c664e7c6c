import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hazardIcon } from "./icons";

test("every danger of the base pack has a picture of its own", () => {
  const pack = readFileSync(new URL("../../../packs/base/hazards.toml", import.meta.url), "utf8");
  const icons = [...pack.matchAll(/^icon = "(\w+)"/gm)].map((match) => hazardIcon(match[1]!));
  expect(icons.length).toBeGreaterThan(8);
  expect(new Set(icons).size).toBe(icons.length);
  expect(icons).not.toContain("urgent");
});

test("an unknown danger gets the warning sign", () => {
  expect(hazardIcon("something-new")).toBe("urgent");
  expect(hazardIcon("lost-herd")).toBe("lost_herd");
});
