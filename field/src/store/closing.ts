/** Closes and opens what the store keeps for its own person. */
import type { MediaPart } from "../outbox/command";
import type { Vault } from "../vault/vault";
import type { ClosedFile, ClosedThing } from "./schema";
import type { Thing } from "./storage";

export async function closeThing(vault: Vault, thing: Thing): Promise<ClosedThing> {
  return { ...thing, data: await vault.encrypt(new TextEncoder().encode(JSON.stringify(thing.data))) };
}

export async function openThing(vault: Vault, thing: ClosedThing): Promise<Thing> {
  return { ...thing, data: JSON.parse(new TextDecoder().decode(await vault.decrypt(thing.data))) as Thing["data"] };
}

export async function closeFile(vault: Vault, part: MediaPart): Promise<ClosedFile> {
  return { ...part, bytes: await vault.sealOwn(part.bytes) };
}

export async function openFile(vault: Vault, part: ClosedFile | undefined): Promise<MediaPart | undefined> {
  return part && { ...part, bytes: await vault.openOwn(part.bytes) };
}
