/** What still lies only on this phone, and what the county would not take: the truth behind the counter. */
import type { Storage, Upload } from "../store/storage";
import type { Receipt, Outgoing } from "./command";

/** `sending`: no receipt yet; `parked`: waits for an earlier one; `media`: the text is there, a sound or photo is not. */
export type Reason = "sending" | "parked" | "media";

export interface Waiting {
  readonly command: Outgoing;
  readonly reason: Reason;
}

export interface Refused {
  readonly command: Outgoing;
  readonly code: string;
  /** The county's sentence, in the person's language; empty where it gave none. */
  readonly message: string;
  /** Whether the whole report was refused, or only a sound or photo of it. */
  readonly what: "report" | "media";
}

export interface Standing {
  readonly waiting: readonly Waiting[];
  readonly refused: readonly Refused[];
}

export async function standing(storage: Storage): Promise<Standing> {
  const [commands, receipts, uploads] = await Promise.all([storage.outgoing(), storage.receipts(), storage.uploads()]);
  const waiting = commands.flatMap((command) => {
    const reason = reasonOf(command, receipts.get(command.id), uploads);
    return reason ? [{ command, reason }] : [];
  });
  return { waiting, refused: commands.flatMap((command) => refusals(command, receipts.get(command.id), uploads)) };
}

/** The number of the counter. What was refused is settled: it will not go by waiting. */
export async function countUnsent(storage: Storage): Promise<number> {
  return (await standing(storage)).waiting.length;
}

function reasonOf(command: Outgoing, receipt: Receipt | undefined, uploads: ReadonlyMap<string, Upload>): Reason | null {
  if (receipt?.verdict === "refused") return null;
  if (!receipt) return "sending";
  if (receipt.verdict === "parked") return "parked";
  return command.media.every((sha256) => uploads.get(sha256)?.complete || uploads.get(sha256)?.refused) ? null : "media";
}

function refusals(command: Outgoing, receipt: Receipt | undefined, uploads: ReadonlyMap<string, Upload>): Refused[] {
  if (receipt?.verdict === "refused") return [{ command, code: receipt.code, message: receipt.message, what: "report" }];
  const parts = command.media.map((sha256) => uploads.get(sha256)?.refused).filter((one) => one !== undefined);
  return parts.map(({ code, title }) => ({ command, code, message: title, what: "media" as const }));
}
