/** From what a screen hands over to what may lie on a phone that anybody can find. */
import type { CommandDraft, MediaPart, Outgoing, StoredCommand } from "../outbox/command";
import { sha256 } from "../outbox/digest";
import * as box from "../vault/box";
import type { PhoneState } from "./storage";

/** What is needed to close something for the county: its key, and who this phone is. */
export interface Address {
  readonly kid: string;
  readonly key: CryptoKey;
  readonly device: string;
  readonly token: string;
}

/** What may only be kept closed for the county cannot be kept on a phone that does not know its key. */
export class NoCountyKey extends Error {}

/** Null on a phone that has not heard of the county's key since it was enrolled with an older app: it sends openly. */
export async function addressOf({ serverKey, device, pushToken }: PhoneState): Promise<Address | null> {
  if (!serverKey || !device || !pushToken) return null;
  return { kid: serverKey.kid, key: await box.publicKey(serverKey.public), device, token: pushToken };
}

/** A sound or photo as it travels, and the name by which the command knew it before. */
export interface Closed {
  readonly was: string;
  readonly part: MediaPart;
}

/** The file that travels is the box; inside, the maker's device id comes first, so that no carrier can claim it. */
export async function closeMedia(part: MediaPart, address: Address | null): Promise<Closed> {
  if (!address) return { was: part.sha256, part };
  const bytes = await box.seal(address.key, box.FOR_COUNTY, box.joined(uuidBytes(address.device), part.bytes));
  return { was: part.sha256, part: { ...part, sha256: await sha256(bytes), sealed: address.kid, bytes } };
}

/** The draft with its sounds and photos under the names they travel by. */
export function renamed(draft: CommandDraft, closed: readonly Closed[]): CommandDraft {
  const names = new Map(closed.map(({ was, part }) => [was, part.sha256]));
  const body = JSON.parse(JSON.stringify(draft.body), (_key, value: unknown) =>
    typeof value === "string" ? names.get(value) ?? value : value) as CommandDraft["body"];
  return { ...draft, body };
}

/** The bytes that go up, frozen. Open, they are the contract's command; sealed, they say who sent it and no more. */
export async function closeCommand(draft: CommandDraft, seq: number, media: readonly string[], address: Address | null): Promise<Outgoing> {
  const { id, kind, v, at, after, body } = draft;
  const row = { id, seq, media, urgent: body["urgent"] === true };
  const open = { id, seq, kind, v, at, after, body };
  if (!address) return { ...row, wire: JSON.stringify(open) };
  const inside = new TextEncoder().encode(JSON.stringify({ ...open, token: address.token }));
  const sealed = { kid: address.kid, box: box.base64(await box.seal(address.key, box.FOR_COUNTY, inside)) };
  return { ...row, wire: JSON.stringify({ id, seq, from: address.device, sealed }) };
}

/** What the person's own copy of a command says. */
export function said({ kind, v, at, after, body }: CommandDraft): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ kind, v, at, after, body }));
}

/** A command whose copy cannot be opened any more (the PIN was forgotten): when it was said, and nothing else. */
export function unreadable(row: Outgoing): StoredCommand {
  const at = new Date(Number.parseInt(row.id.replaceAll("-", "").slice(0, 12), 16)).toISOString();
  return { ...row, kind: "cases.report", v: 1, at, after: [], body: row.urgent ? { urgent: true } : {} };
}

function uuidBytes(uuid: string): Uint8Array {
  return Uint8Array.from(uuid.replaceAll("-", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
