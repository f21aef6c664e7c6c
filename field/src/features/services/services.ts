/** Services of my families and lists I am asked about: what the county sent, with what this phone has said since. */
import { stamp, type CommandDraft, type Receipt, type StoredCommand } from "../../outbox/command";
import { uuid7 } from "../../outbox/uuid7";
import type { Storage, Thing } from "../../store/storage";
import { named, type Language } from "../../i18n/translate";
import { isRecord } from "../../sync/wire";
import { list } from "../households/household";

export const PAPER_STATES = ["needed", "ready", "carried", "handed_over", "back"] as const;
export type PaperState = (typeof PAPER_STATES)[number];
export const MARKS = ["done", "not_yet", "cannot"] as const;
export type ListMark = (typeof MARKS)[number];

/** A service of the county's catalogue, in the language of the screen. `counter`: nothing is sent; `home`: the family stays home. */
export interface Offer {
  readonly code: string;
  readonly name: string;
  readonly papers: readonly string[];
  readonly steps: readonly Step[];
  readonly hours: readonly string[];
  readonly at: string;
  readonly counter: boolean;
  readonly home: boolean;
}

export interface Paper {
  readonly name: string;
  readonly state: PaperState;
  /** Who has it, where the family has not. */
  readonly with: string;
}

export interface Step {
  readonly name: string;
  readonly who: string;
  readonly done: boolean;
}

/** One service of one family. `waiting`: something said here has not reached the county yet. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly household: string;
  readonly sent: boolean;
  readonly papers: readonly Paper[];
  readonly steps: readonly Step[];
  readonly state: string;
  readonly waiting: boolean;
  readonly refused: Receipt | null;
}

export interface Row {
  readonly id: string;
  readonly household: string;
  readonly member: string;
  readonly mark: ListMark | null;
  readonly waiting: boolean;
}

/** A list a department keeps until a moment; after it the phone shows nothing of it. */
export interface Listed {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly from: string;
  readonly until: string;
  readonly rows: readonly Row[];
}

/** From where a paper can go; to a counter of the state it goes with the family. */
const MOVES: Readonly<Record<PaperState, readonly PaperState[]>> = {
  needed: ["ready", "carried"], ready: ["carried", "handed_over"], carried: ["handed_over", "back"], handed_over: ["carried", "back"], back: ["carried"],
};

export const movesOf = (paper: Paper, sent: boolean): readonly PaperState[] =>
  sent ? MOVES[paper.state] : paper.state === "needed" ? ["ready"] : ["needed"];

export async function offers(storage: Storage, language: Language): Promise<Offer[]> {
  const things = await storage.things("services");
  return things.flatMap((thing) => list(thing.data["services"])).map((one) => ({
    code: String(one["code"]), name: named(one["name"], language), papers: all(one["papers"]).map((name) => named(name, language)), steps: list(one["steps"]).map((step) => ({ name: named(step["name"], language), who: String(step["who"] ?? ""), done: false })), hours: all(one["hours"]).map(String),
    at: named(one["at"], language), counter: one["counter"] === true, home: one["home"] === true,
  }));
}

/** Those under way first, the newest first; one opened without network stands among them. */
export async function services(storage: Storage, language: Language): Promise<Service[]> {
  const [cases, catalogue, commands, receipts] = await Promise.all([storage.things("case"), offers(storage, language), storage.commands(), storage.receipts()]);
  const said = commands.map((command) => ({ command, receipt: receipts.get(command.id) ?? null }));
  const known = new Set(cases.map((one) => one.id));
  const opened = said.filter(({ command, receipt }) => command.kind === "cases.open_service" && !known.has(receipt?.refs["case"] ?? command.id));
  const held = cases.filter((one) => isRecord(one.data["service"])).map((one) => readService(one, said, language));
  const fresh = opened.flatMap(({ command, receipt }) => readOpened(command, receipt, catalogue, said));
  return [...fresh, ...held].sort((a, b) => Number(a.state === "closed") - Number(b.state === "closed") || b.id.localeCompare(a.id));
}

interface Said {
  readonly command: StoredCommand;
  readonly receipt: Receipt | null;
}

function readService(thing: Thing, said: readonly Said[], language: Language): Service {
  const held = thing.data["service"] as Readonly<Record<string, unknown>>;
  return withSaid({
    id: thing.id, name: named(held["name"], language), household: String(thing.data["household"] ?? ""), sent: held["sent"] !== false,
    papers: list(held["papers"]).map((one) => ({ name: named(one["name"], language), state: paperState(one["state"]), with: String(one["with"] ?? "") })),
    steps: list(held["steps"]).map((one) => ({ name: named(one["name"], language), who: String(one["who"] ?? ""), done: typeof one["at"] === "string" })),
    state: String(thing.data["state"] ?? ""), waiting: false, refused: null,
  }, said);
}

/** What was opened here and the county has not answered yet: as the catalogue says it. */
function readOpened(command: StoredCommand, receipt: Receipt | null, catalogue: readonly Offer[], said: readonly Said[]): Service[] {
  const offer = catalogue.find((one) => one.code === command.body["service"]);
  if (!offer) return [];
  const ready = Array.isArray(command.body["ready"]) ? command.body["ready"].map(Number) : [];
  const papers = offer.papers.map((name, place): Paper => ({ name, state: ready.includes(place) ? "ready" : "needed", with: "" }));
  return [withSaid({
    id: command.id, name: offer.name, household: String(command.body["household"] ?? ""), sent: !offer.counter, papers, steps: offer.steps, state: "reported",
    waiting: true, refused: receipt?.verdict === "refused" ? receipt : null,
  }, said)];
}

/** Only what the county has not judged yet is laid over its word: an old command never hides newer news. */
function withSaid(service: Service, said: readonly Said[]): Service {
  const mine = said.filter(({ command }) => (command.kind === "cases.move_paper" || command.kind === "cases.take_step") && command.body["case"] === service.id);
  const waiting = mine.filter(({ receipt }) => receipt?.verdict !== "applied" && receipt?.verdict !== "refused");
  const last = mine.at(-1)?.receipt;
  const papers = service.papers.map((paper, place) => waiting.reduce((held, { command }) => movedPaper(held, place, command), paper));
  const steps = service.steps.map((step, place) => waiting.reduce((held, { command }) => takenStep(held, place, command), step));
  return { ...service, papers, steps, waiting: service.waiting || waiting.length > 0, refused: service.refused ?? (last?.verdict === "refused" ? last : null) };
}

function movedPaper(paper: Paper, place: number, { kind, body }: StoredCommand): Paper {
  const meant = kind === "cases.move_paper" && Array.isArray(body["papers"]) && body["papers"].includes(place);
  return meant ? { ...paper, state: paperState(body["to"]), with: "" } : paper;
}

const takenStep = (step: Step, place: number, { kind, body }: StoredCommand): Step =>
  kind === "cases.take_step" && body["step"] === place ? { ...step, done: body["done"] !== false } : step;

/** Lists whose time is not over by the phone's clock. */
export async function lists(storage: Storage, now: Date, language: Language): Promise<Listed[]> {
  const [things, commands, receipts] = await Promise.all([storage.things("listed"), storage.commands(), storage.receipts()]);
  const marked = commands.filter((one) => one.kind === "cases.mark_listed" && !["applied", "refused"].includes(receipts.get(one.id)?.verdict ?? ""));
  return things.map((thing) => readList(thing, marked, language)).filter((one) => Date.parse(one.until) > now.getTime()).sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
}

function readList({ id, data }: Thing, marked: readonly StoredCommand[], language: Language): Listed {
  const rows = list(data["rows"]).map((one): Row => {
    const here = marked.filter((command) => command.body["row"] === one["id"]).at(-1);
    return {
      id: String(one["id"]), household: String(one["household"] ?? ""), member: String(one["member"] ?? ""),
      mark: listMark(here ? here.body["mark"] : one["mark"]), waiting: here !== undefined,
    };
  });
  return { id, title: named(data["title"], language), text: String(data["text"] ?? ""), from: String(data["from"] ?? ""), until: String(data["until"] ?? ""), rows };
}

export const openDraft = (service: string, household: string, ready: readonly number[], now: Date): CommandDraft =>
  draft("cases.open_service", { service, household, ...(ready.length && { ready: [...ready] }) }, now);

/** `after`: the service may have been opened here, and the county not know it yet. */
export const paperDraft = (id: string, paper: number, to: PaperState, now: Date): CommandDraft =>
  draft("cases.move_paper", { case: id, papers: [paper], to }, now, [id]);

export const stepDraft = (id: string, step: number, done: boolean, now: Date): CommandDraft =>
  draft("cases.take_step", { case: id, step, ...(!done && { done }) }, now, [id]);

export const markDraft = (row: string, mark: ListMark, why: string, now: Date): CommandDraft =>
  draft("cases.mark_listed", { row, mark, ...(why.trim() && { why: why.trim() }) }, now);

const draft = (kind: string, body: Record<string, unknown>, now: Date, after: string[] = []): CommandDraft =>
  ({ id: uuid7(now.getTime()), kind, v: 1, at: stamp(now), after, body });

const all = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const paperState = (value: unknown): PaperState => PAPER_STATES.find((one) => one === value) ?? "needed";
const listMark = (value: unknown): ListMark | null => MARKS.find((one) => one === value) ?? null;
