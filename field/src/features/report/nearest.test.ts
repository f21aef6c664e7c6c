import { expect, test } from "vitest";
import type { Thing } from "../../store/storage";
import { choices } from "./nearest";

const HERE = { lat: 33.97, lon: 99.9, accuracy: 10 };
const family = (id: string, data: Record<string, unknown>): Thing => ({ kind: "household", id, rev: 1, round: 1, data: { name: id, ...data } });
const camp = (id: string, lat: number): Record<string, unknown> => ({ id, season: "summer", at: [lat, 99.9] });
const ids = (rows: readonly { household: Thing }[]): string[] => rows.map((row) => row.household.id);

test("the nearest first, then those visited lately, then all by name, each once", () => {
  const all = [
    family("far", { camps: [camp("f", 35)], camp: { id: "f" } }),
    family("near", { camps: [camp("n", 33.98), camp("winter", 35)], camp: { id: "n" } }),
    family("moved", { camps: [camp("m", 33.971), camp("m2", 35)], camp: { id: "m2" } }),
    family("home", { camps: [camp("h", 33.99)], camp: null }),
    family("b", {}), family("a", {}),
  ];
  const found = choices(all, HERE, new Map([["b", 5], ["far", 9], ["near", 7]]), "en");
  expect([ids(found.near), ids(found.lately), ids(found.rest)]).toEqual([["near", "home"], ["far", "b"], ["a", "moved"]]);
  expect(Math.round(found.near[0]!.metres! / 100)).toBe(11);
});

test("without a place nobody is near, and nobody is lost", () => {
  const found = choices([family("x", { camps: [camp("n", 33.98)] }), family("y", {})], null, new Map(), "bo");
  expect([found.near, found.lately, ids(found.rest)]).toEqual([[], [], ["x", "y"]]);
});
