/** A covered picture becomes a command and a picture sealed to the county; and what became of those taken here. */
import { sha256 } from "../../outbox/digest";
import { stamp, type CommandDraft, type MediaPart, type Receipt, type StoredCommand } from "../../outbox/command";
import { markOf, type Mark } from "../../outbox/marks";
import { uuid7 } from "../../outbox/uuid7";
import type { Upload } from "../../store/storage";

export interface Taken {
  readonly household: string;
  readonly code: string;
  /** Whose paper, where it is somebody's own. */
  readonly member: string | null;
}

/** The command, and its picture as it goes: named by the command, so that no other door takes it. */
export async function photographed(taken: Taken, covered: ArrayBuffer, now: Date): Promise<{ draft: CommandDraft; part: MediaPart }> {
  const { household, code, member } = taken;
  const id = uuid7(now.getTime());
  const body = { household, code, ...(member && { member }) };
  const draft = { id, kind: "households.paper", v: 1, at: stamp(now), after: [], body };
  return { draft, part: { sha256: await sha256(covered), mime: "image/jpeg", paper: id, bytes: covered } };
}

/** One that was taken here. */
export interface Sent {
  readonly id: string;
  readonly code: string;
  readonly member: string;
  readonly at: string;
  readonly mark: Mark;
}

/** Of one household, the newest first. */
export function sentPapers(household: string, commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>, uploads: ReadonlyMap<string, Upload>): Sent[] {
  const own = commands.filter((one) => one.kind === "households.paper" && one.body["household"] === household);
  return own.map((one) => ({
    id: one.id, code: String(one.body["code"] ?? ""), member: String(one.body["member"] ?? ""), at: one.at,
    mark: markOf({
      verdict: receipts.get(one.id)?.verdict ?? null, own: true, caseSeen: false, answered: false,
      mediaComplete: one.media.every((name) => uploads.get(name)?.complete), mediaRefused: one.media.some((name) => uploads.get(name)?.refused),
    }),
  })).reverse();
}
