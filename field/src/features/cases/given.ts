/** What the family has said of an answer: on this phone, or as the county heard it. */
import type { Receipt } from "../../outbox/command";
import { isRecord } from "../../sync/wire";
import type { Report } from "./reports";

export interface GivenRating {
  /** null: the voice says it and was not heard yet. */
  readonly solved: boolean | null;
  readonly stars: number;
}

/** What was said of this answer. A word the county had before it answered was about an earlier one, and is asked for again. */
export function givenRating({ thing, later }: Pick<Report, "thing" | "later">): GivenRating | null {
  const answer = thing?.data["answer"];
  const answered = isRecord(answer) ? Date.parse(String(answer["at"])) : NaN;
  const about = (receipt: Receipt | null): boolean => !(receipt && Date.parse(receipt.serverAt) < answered);
  const own = later.filter(({ command, mark, receipt }) => command.kind === "cases.feedback" && mark !== "refused" && about(receipt)).at(-1)?.command.body;
  const heard = thing?.data["rating"];
  const rating = own && (typeof own["solved"] === "boolean" || !isRecord(heard)) ? own : heard;
  if (!isRecord(rating)) return null;
  return { solved: typeof rating["solved"] === "boolean" ? rating["solved"] : null, stars: Number(rating["stars"] ?? 0) };
}
