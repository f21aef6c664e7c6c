import fc from "fast-check";
import { expect, test } from "vitest";
import * as box from "./box";

const pair = async (): Promise<{ to: CryptoKey; own: CryptoKey }> => {
  const { point, pkcs8 } = await box.makePair();
  return { to: await box.publicKey(point), own: await box.privateKey(pkcs8) };
};

test("what is closed for a key is opened by it, whatever it is", async () => {
  const { to, own } = await pair();
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
    const message = new Uint8Array(bytes);
    expect(new Uint8Array(await box.open(own, box.FOR_COUNTY, await box.seal(to, box.FOR_COUNTY, message)))).toEqual(message);
  }), { numRuns: 25 });
});

test("another key, another purpose, or one changed byte opens nothing", async () => {
  const { to, own } = await pair();
  const closed = await box.seal(to, box.FOR_COUNTY, new Uint8Array(100));
  expect(closed.byteLength).toBe(65 + 12 + 100 + 16);
  await expect(box.open((await pair()).own, box.FOR_COUNTY, closed)).rejects.toThrow();
  await expect(box.open(own, box.FOR_MYSELF, closed)).rejects.toThrow();
  for (const at of [70, 90, closed.byteLength - 1]) {
    const spoilt = closed.slice(0);
    new Uint8Array(spoilt)[at]! ^= 1;
    await expect(box.open(own, box.FOR_COUNTY, spoilt)).rejects.toThrow();
  }
});

test("a long sound survives base64", () => {
  const sound = crypto.getRandomValues(new Uint8Array(60_000));
  expect(new Uint8Array(box.unbase64(box.base64(sound.buffer)))).toEqual(sound);
});
