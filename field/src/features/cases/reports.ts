/** My reports as the liaison sees them: what lies in the outbox joined with what the county sent back. */
import { markOf, type Mark } from "../../outbox/marks";
import type { Receipt, StoredCommand } from "../../outbox/command";
import type { Storage, Thing, Upload } from "../../store/storage";
import { media } from "../../sync/wanted";
import { isRecord } from "../../sync/wire";

/** A sound or photo of a case. `state`: refused, or not yet at the county when it told of it; null when it can be fetched. */
export interface Part {
  readonly sha256: string;
  readonly seconds: number;
  readonly state: string | null;
}

export interface Report {
  readonly id: string;
  readonly at: string;
  readonly text: string;
  readonly urgent: boolean;
  readonly hazard: string | null;
  readonly household: string | null;
  /** What was said, first the report itself, then what was added; wherever it was recorded. */
  readonly voices: readonly Part[];
  readonly photos: readonly Part[];
  /** What the county shows of the work. */
  readonly proof: readonly Part[];
  /** When the county owes its next step, or null. */
  readonly due: string | null;
  readonly mark: Mark;
  readonly receipt: Receipt | null;
  readonly thing: Thing | null;
  /** What was added or answered later: `cases.add` and `cases.feedback` commands. */
  readonly later: readonly { readonly command: StoredCommand; readonly mark: Mark; readonly receipt: Receipt | null }[];
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
  const { text, urgent, hazard, household } = command.body;
  const added = later(command.id, thing?.id ?? command.id, held);
  return {
    id: command.id, at: command.at, text: String(thing?.data["text"] ?? text ?? ""),
    urgent: urgent === true || thing?.data["urgent"] === true,
    hazard: string(hazard) ?? string(thing?.data["hazard"]), household: string(household) ?? string(thing?.data["household"]),
    ...contents(thing, [command, ...added.filter((one) => one.command.kind === "cases.add").map((one) => one.command)]),
    mark: mark(command, thing, held), receipt: held.receipts.get(command.id) ?? null, thing, later: added,
  };
}

function foreignReport(thing: Thing, held: Held): Report {
  const { at, text, urgent, household, hazard } = thing.data;
  const added = later(thing.id, thing.id, held);
  return {
    id: thing.id, at: String(at ?? ""), text: String(text ?? ""), urgent: urgent === true, hazard: string(hazard), household: string(household),
    ...contents(thing, added.filter((one) => one.command.kind === "cases.add").map((one) => one.command)),
    mark: markOf({ own: false, verdict: null, mediaComplete: true, mediaRefused: false, caseSeen: true, answered: isAnswered(thing) }),
    receipt: null, thing, later: added,
  };
}

/** What this phone recorded comes first and needs no network; the county names the rest. */
function contents(thing: Thing | null, own: readonly StoredCommand[]): Pick<Report, "voices" | "photos" | "proof" | "due"> {
  const voices = own.flatMap((command) => part(command.body["voice"]));
  const said = new Set(voices.map((one) => one.sha256));
  const photos = own.flatMap((command) => command.media.filter((name) => !said.has(name)).map((sha256) => ({ sha256, seconds: 0, state: null })));
  return {
    voices: joined(voices, thing ? media(thing, "voices") : []), photos: joined(photos, thing ? media(thing, "photos") : []),
    proof: thing ? media(thing, "proof") : [], due: string(thing?.data["due"]),
  };
}

const joined = (own: readonly Part[], theirs: readonly Part[]): Part[] => [...own, ...theirs.filter((one) => own.every((mine) => mine.sha256 !== one.sha256))];

const string = (value: unknown): string | null => (typeof value === "string" && value ? value : null);

function part(value: unknown): Part[] {
  if (!isRecord(value) || typeof value["sha256"] !== "string") return [];
  return [{ sha256: value["sha256"], seconds: Number(value["seconds"] ?? 0), state: null }];
}

function later(command: string, thing: string, held: Held): Report["later"] {
  const about = (one: StoredCommand): boolean => one.body["case"] === command || one.body["case"] === thing;
  return held.commands.filter((one) => about(one) && one.kind !== "cases.found").map((one) => ({ command: one, mark: mark(one, null, held), receipt: held.receipts.get(one.id) ?? null }));
}

function mark(command: StoredCommand, thing: Thing | null, held: Held): Mark {
  return markOf({
    own: true,
    verdict: held.receipts.get(command.id)?.verdict ?? null,
    mediaComplete: command.media.every((sha256) => held.uploads.get(sha256)?.complete === true),
    mediaRefused: command.media.some((sha256) => held.uploads.get(sha256)?.refused !== undefined),
    caseSeen: thing !== null,
    answered: thing !== null && isAnswered(thing),
  });
}

/** An answer is there when the county sent one; a state alone is not something a family can hear. */
export function isAnswered(thing: Thing): boolean {
  return isRecord(thing.data["answer"]);
}
