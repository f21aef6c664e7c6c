import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { CLOCKS, openAll } from "../store/opening";
import { bearable, LEAST_ROUNDS } from "./pin";
import type { VaultRecord } from "./record";

/** A phone on which the measured stretching takes so many milliseconds. */
const taking = (millis: number): Promise<number> => {
  let calls = 0;
  return bearable(() => calls++ * millis);
};

test.each([[1_000_000, 310_000], [40, 310_000], [20, 620_000], [1, 1_000_000]])("a phone that takes %d ms for a tenth stretches %d rounds", async (millis, rounds) => {
  expect(await taking(millis)).toBe(rounds);
});

test("a PIN chosen on a phone is stretched at least 310,000 rounds, and opens with them", async () => {
  const { vault, database } = await openAll("pin", CLOCKS);
  await vault.choosePin("2580");
  const held = (await database.get("vault", "vault")) as VaultRecord;
  expect([LEAST_ROUNDS, held.rounds >= LEAST_ROUNDS]).toEqual([310_000, true]);
  vault.lock();
  expect([await vault.entrance.unlock("0000"), vault.locked, await vault.entrance.unlock("2580"), vault.locked]).toEqual(["wrong", true, "open", false]);
});
