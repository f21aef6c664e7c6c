/** What may leave the outbox: settled, with all its sounds and photos, for 30 days by the server's clock. */
import type { Outgoing, Receipt } from "../outbox/command";
import type { Database } from "./schema";
import type { Upload } from "./storage";

const KEEP_DAYS = 30;
const DAY = 86_400_000;

interface Held {
  readonly commands: readonly Outgoing[];
  readonly receipts: ReadonlyMap<string, Receipt>;
  readonly uploads: ReadonlyMap<string, Upload>;
}

export function past({ commands, receipts, uploads }: Held, serverNow: Date): Outgoing[] {
  return commands.filter((command) => {
    const receipt = receipts.get(command.id);
    if (!receipt || receipt.verdict === "parked") return false;
    const settled = receipt.verdict === "refused" || command.media.every((sha256) => uploads.get(sha256)?.complete || uploads.get(sha256)?.refused);
    return settled && Date.parse(receipt.serverAt) + KEEP_DAYS * DAY < serverNow.getTime();
  });
}

/** A sound that another command still needs stays. */
export async function remove(database: Database, gone: readonly Outgoing[], all: readonly Outgoing[]): Promise<void> {
  const going = new Set(gone.map((command) => command.id));
  const needed = new Set(all.filter((command) => !going.has(command.id)).flatMap((command) => command.media));
  const work = database.transaction(["outbox", "copies", "receipts", "media", "mine", "uploads"], "readwrite");
  for (const command of gone) {
    for (const table of ["outbox", "copies", "receipts"] as const) await work.objectStore(table).delete(command.id);
    for (const sha256 of command.media.filter((name) => !needed.has(name))) {
      for (const table of ["media", "mine", "uploads"] as const) await work.objectStore(table).delete(sha256);
    }
  }
  await work.done;
}
