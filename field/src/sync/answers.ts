/**
 * What comes down beside the sync, after everything else: the county's guide, then the sounds a phone keeps at hand
 * (wanted.ts), so that a family can hear its answer without network.
 */
import { sha256 } from "../outbox/digest";
import type { Storage } from "../store/storage";
import { refreshGuide } from "./guide";
import { isLastWord, NoAnswer, refusal, type Transport } from "./transport";
import { toDrop, toFetch, type Held, type Wanted } from "./wanted";

export async function fetchAnswers(
  storage: Storage, transport: Transport, token: string, interrupted: () => boolean,
): Promise<void> {
  await refreshGuide(storage, transport);
  const held = await atHand(storage);
  for (const wanted of toFetch(held)) {
    if (interrupted()) return;
    await fetchOne(storage, transport, token, wanted);
  }
  const gone = toDrop(held);
  if (gone.length) await storage.dropFiles(gone);
}

async function atHand(storage: Storage): Promise<Held> {
  const [cases, tasks, households, state, fetched, uploads, commands] = await Promise.all([
    storage.things("case"), storage.things("task"), storage.things("household"), storage.state(), storage.fileNames(), storage.uploads(), storage.commands(),
  ]);
  return {
    cases, tasks, households, fetched, clips: state.pack?.clips ?? [], language: (state.language ?? "zh").slice(0, 2), sparing: isSparing(),
    own: new Set([...uploads.keys(), ...commands.flatMap((command) => command.media)]), now: new Date(state.lastSync ?? 0),
  };
}

/** What the browser knows of the line; where it knows nothing, everything comes. */
function isSparing(): boolean {
  const line = (globalThis.navigator as { connection?: { saveData?: boolean; effectiveType?: string } } | undefined)?.connection;
  return line?.saveData === true || line?.effectiveType === "slow-2g";
}

/** Fetches one sound now, because somebody pressed for it. Returns whether it is there. Throws NoAnswer or Refusal. */
export async function fetchNow(storage: Storage, transport: Transport, name: string, seconds: number): Promise<boolean> {
  const { token } = await storage.state();
  if (token) await fetchOne(storage, transport, token, { path: `files/${name}`, sha256: name, seconds });
  return (await storage.fileNames()).has(name);
}

async function fetchOne(storage: Storage, transport: Transport, token: string, { path, sha256: name, seconds }: Wanted): Promise<void> {
  const response = await transport.send(path, { headers: { Authorization: `Device ${token}` } });
  if (!response.ok) {
    const error = await refusal(response);
    // One sound that is not there, or not checked yet, must not stop the others.
    if (isLastWord(error)) return;
    throw error;
  }
  const bytes = await response.arrayBuffer().catch((cause: unknown) => Promise.reject(new NoAnswer(String(cause))));
  // The server may have cleaned a file and serve the copy under its first name; its ETag is then the copy's own hash.
  const served = /^"([\da-f]{64})"$/.exec(response.headers.get("ETag") ?? "")?.[1] ?? name;
  // Other bytes than were named are not kept, and asked for again next time; the rest of the run is not to suffer.
  if ((await sha256(bytes)) !== served) return;
  const mime = response.headers.get("Content-Type") ?? "audio/webm";
  await storage.keepFile({ sha256: name, mime, seconds, bytes });
}
