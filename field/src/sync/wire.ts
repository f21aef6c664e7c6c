/** The wire contract of POST /field/sync, and the check that an answer really is one. */
import type { Receipt, Verdict } from "../outbox/command";

export interface Change {
  readonly op: "put" | "patch" | "drop" | "wipe";
  readonly kind: string;
  readonly id: string;
  readonly rev: number;
  readonly base: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly epoch: string;
  readonly cursor: string | null;
  readonly more: boolean;
  readonly now: string;
  readonly receipts: readonly Receipt[];
  readonly changes: readonly Change[];
}

const VERDICTS: readonly string[] = ["received", "applied", "parked", "refused"];
const OPS: readonly string[] = ["put", "patch", "drop", "wipe"];

export interface Question {
  readonly epoch: string | null;
  readonly cursor: string | null;
  readonly wires: readonly string[];
  /** How much stays on the phone whatever becomes of this request, so that the village hears of a phone that falls silent. */
  readonly unsent: number;
  /** The phone's own time (RFC 3339); the server keeps how far it is off. */
  readonly at: string;
}

/** The request body. Commands are their frozen bytes, joined, never serialised again. */
export function requestBody({ epoch, cursor, wires, unsent, at }: Question): string {
  const head = JSON.stringify({ v: 1, epoch, cursor, at, ...(unsent && { unsent }) }).slice(0, -1);
  return `${head},"commands":[${wires.join(",")}],"max":200}`;
}

/** The answer, or null when this is not one (a hotel's login page also says 200). */
export function readAnswer(value: unknown): Answer | null {
  if (!isRecord(value) || typeof value["epoch"] !== "string" || typeof value["now"] !== "string") return null;
  const { epoch, cursor, now, receipts, changes, more } = value;
  if (cursor !== null && typeof cursor !== "string") return null;
  if (!Array.isArray(receipts) || !Array.isArray(changes) || Number.isNaN(Date.parse(now))) return null;
  const readReceipts = receipts.map((item) => readReceipt(item, now));
  const readChanges = changes.map(readChange);
  if (readReceipts.includes(null) || readChanges.includes(null)) return null;
  return {
    epoch, cursor, now, more: more === true,
    receipts: readReceipts as Receipt[], changes: readChanges as Change[],
  };
}

export function readReceipt(value: unknown, serverAt: string): Receipt | null {
  if (!isRecord(value) || typeof value["id"] !== "string" || !VERDICTS.includes(String(value["verdict"]))) return null;
  return {
    id: value["id"], verdict: value["verdict"] as Verdict, code: String(value["code"] ?? ""),
    message: String(value["message"] ?? ""), refs: isRecord(value["refs"]) ? strings(value["refs"]) : {}, serverAt,
  };
}

function readChange(value: unknown): Change | null {
  if (!isRecord(value) || !OPS.includes(String(value["op"]))) return null;
  if (value["op"] !== "wipe" && (typeof value["kind"] !== "string" || typeof value["id"] !== "string")) return null;
  return {
    op: value["op"] as Change["op"], kind: String(value["kind"] ?? ""), id: String(value["id"] ?? ""),
    rev: Number(value["rev"] ?? 0), base: Number(value["base"] ?? 0),
    data: isRecord(value["data"]) ? value["data"] : {},
  };
}

function strings(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, String(value)]));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
