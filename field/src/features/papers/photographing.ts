/** A covered picture becomes a command and a picture sealed to the county; and what became of those taken here. */
import { sha256 } from "../../outbox/digest";
import { stamp, type CommandDraft, type MediaPart, type Receipt, type StoredCommand } from "../../outbox/command";
import { markOf, type Mark } from "../../outbox/marks";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing, Upload } from "../../store/storage";
import { isRecord } from "../../sync/wire";

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

/** A picture that nobody could use: it is asked for again until another was taken on this phone. */
export interface Retake {
  readonly id: string;
  readonly household: string;
  readonly code: string;
  readonly member: string;
}

/** Of these households. One picture taken since answers one of them: a paper has two sides. */
export function retakes(households: readonly Thing[], commands: readonly StoredCommand[], receipts: ReadonlyMap<string, Receipt>): Retake[] {
  const taken = commands.filter((one) => one.kind === "households.paper" && receipts.get(one.id)?.verdict !== "refused");
  const used = new Set<string>();
  return households.flatMap(({ id: household, data }) => (Array.isArray(data["retake"]) ? data["retake"] : []).filter(isRecord).flatMap((one) => {
    const [id, code, member] = [String(one["id"]), String(one["code"]), String(one["member"] ?? "")];
    const again = taken.find(({ id: other, at, body }) => other !== id && !used.has(other) && body["household"] === household && body["code"] === code && String(body["member"] ?? "") === member && Date.parse(at) > Date.parse(String(one["at"])));
    if (again) used.add(again.id);
    return again ? [] : [{ id, household, code, member }];
  }));
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
