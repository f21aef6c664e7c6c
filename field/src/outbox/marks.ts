/**
 * The three marks of a report: on this phone, received by the county, answered.
 *
 * A mark never says more than is proved. "Received" needs the server's verdict *and* every sound and photo complete;
 * a text that arrived before its sound is a state of its own.
 */
import type { Verdict } from "./command";

export type Mark = "phone" | "text_received" | "part_refused" | "received" | "answered" | "refused";

export interface MarkFacts {
  /** Verdict of the receipt, or null while none has come. Null too when the command was made on another phone. */
  readonly verdict: Verdict | null;
  /** Whether all sounds and photos are proved complete on the server. */
  readonly mediaComplete: boolean;
  /** Whether the county said it will never take one of them. */
  readonly mediaRefused: boolean;
  /** Whether the county's copy of the case is on this phone (it came with a pull). */
  readonly caseSeen: boolean;
  readonly answered: boolean;
  /** Whether the command itself lies in this phone's outbox. */
  readonly own: boolean;
}

export function markOf(facts: MarkFacts): Mark {
  if (facts.answered) return "answered";
  if (facts.verdict === "refused") return "refused";
  if (!facts.own) return facts.caseSeen ? "received" : "phone";
  if (facts.verdict !== "received" && facts.verdict !== "applied") return "phone";
  if (facts.mediaRefused) return "part_refused";
  return facts.mediaComplete ? "received" : "text_received";
}
