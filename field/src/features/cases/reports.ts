/** My reports as the liaison sees them: what lies in the outbox joined with what the county sent back. */
import { markOf, type Mark } from "../../outbox/marks";
import type { Receipt, StoredCommand } from "../../outbox/command";
import type { Storage, Thing, Upload } from "../../store/storage";
import { isRecord } from "../../sync/wire";

export interface Voice {
  readonly sha256: string;
  readonly seconds: number;
  readonly mime: string;
}

export interface Report {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly urgent: boolean;
  readonly hazard: string | null;
  readonly household: string | null;
  readonly voice: Voice | null;
  readonly photos: readonly string[];
  readonly mark: Mark;
  readonly receipt: Receipt | null;
  readonly thing: Thing | null;
  /** What was added or answered later: `cases.add` and `cases.feedback` commands. */
  readonly later: readonly { readonly command: StoredCommand; readonly mark: Mark }[];
}

interface Held {
  readonly commands: readonly StoredCommand[];
  readonly receipts: ReadonlyMap<string, Receipt>;
  readonly uploads: ReadonlyMap<string, Upload>;
  readonly cases: readonly Thing[];
}

/** All reports, newest first. */
export async function reports(storage: Storage): Promise<Report[]> {
  const [commands, receipts, uploads, cases] = await Promise.all([
    storage.commands(), storage.receipts(), storage.uploads(), storage.things("case"),
  ]);
  return join({ commands, receipts, uploads, cases });
}

export function join(held: Held): Report[] {
  const own = held.commands.filter((command) => command.kind === "cases.report");
  const named = new Set(own.map((command) => caseId(command, held)));
  const foreign = held.cases.filter((thing) => !named.has(thing.id));
  const all = [...own.map((command) => ownReport(command, held)), ...foreign.map((thing) => foreignReport(thing, held))];
  return all.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

const caseId = (command: StoredCommand, held: Held): string => held.receipts.get(command.id)?.refs["case"] ?? command.id;

function ownReport(command: StoredCommand, held: Held): Report {
  const thing = held.cases.find((one) => one.id === caseId(command, held)) ?? null;
  const { text, urgent, hazard, household, voice } = command.body;
  return {
    id: command.id, at: command.at, text: String(text ?? thing?.data["text"] ?? ""),
    urgent: urgent === true || thing?.data["urgent"] === true,
    hazard: typeof hazard === "string" ? hazard : null,
    household: typeof household === "string" ? household : null,
    voice: isRecord(voice) ? (voice as unknown as Voice) : null,
    photos: command.media.filter((sha256) => !isRecord(voice) || sha256 !== voice["sha256"]),
    mark: mark(command, thing, held), receipt: held.receipts.get(command.id) ?? null, thing,
    later: later(command.id, thing?.id ?? command.id, held),
  };
}

function foreignReport(thing: Thing, held: Held): Report {
  const { at, text, urgent, household } = thing.data;
  return {
    id: thing.id, at: String(at ?? ""), text: String(text ?? ""), urgent: urgent === true, hazard: null,
    household: typeof household === "string" ? household : null, voice: null, photos: [],
    mark: markOf({ own: false, verdict: null, mediaComplete: true, caseSeen: true, answered: isAnswered(thing) }),
    receipt: null, thing, later: later(thing.id, thing.id, held),
  };
}

function later(command: string, thing: string, held: Held): Report["later"] {
  const about = (one: StoredCommand): boolean => one.body["case"] === command || one.body["case"] === thing;
  return held.commands.filter(about).map((one) => ({ command: one, mark: mark(one, null, held) }));
}

function mark(command: StoredCommand, thing: Thing | null, held: Held): Mark {
  return markOf({
    own: true,
    verdict: held.receipts.get(command.id)?.verdict ?? null,
    mediaComplete: command.media.every((sha256) => held.uploads.get(sha256)?.complete === true),
    caseSeen: thing !== null,
    answered: thing !== null && isAnswered(thing),
  });
}

/** An answer is there when the county sent one; a state alone is not something a family can hear. */
export function isAnswered(thing: Thing): boolean {
  return isRecord(thing.data["answer"]);
}
