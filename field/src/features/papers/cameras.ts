/** Which papers the county takes photographed, and where on each side stands what is covered first. */
import type { Thing } from "../../store/storage";
import { isRecord } from "../../sync/wire";
import type { Box } from "./covering";

/** One kind of paper. `own`: it is a member's, not the household's. */
export interface Camera {
  readonly code: string;
  readonly label: unknown;
  readonly own: boolean;
  /** What is covered on each side, in shares of the paper; one side without boxes at least. */
  readonly sides: readonly (readonly Box[])[];
}

export function cameras(catalogue: Thing | undefined): Camera[] {
  const { cameras: kinds, documents } = catalogue?.data ?? {};
  if (!isRecord(kinds)) return [];
  return Object.entries(kinds).filter((pair): pair is [string, Record<string, unknown>] => isRecord(pair[1])).map(([code, kind]) => {
    const sides = Array.isArray(kind["sides"]) ? kind["sides"].map(boxes) : [];
    return { code, label: isRecord(documents) ? documents[code] : null, own: kind["of"] === "member", sides: sides.length ? alike(sides) : [[]] };
  });
}

/** On the wire in hundredths: left, upper, right, lower. */
function boxes(side: unknown): Box[] {
  const held = Array.isArray(side) ? side : [];
  return held.flatMap((one) => {
    const [left, upper, right, lower] = Array.isArray(one) ? one.map((part) => Number(part) / 100) : [];
    return [left, upper, right, lower].every((part) => part !== undefined && part >= 0 && part <= 1) && right! > left! && lower! > upper!
      ? [{ left: left!, upper: upper!, right: right!, lower: lower! }] : [];
  });
}

/** Sides on which the same is covered are one choice. */
function alike(sides: Box[][]): Box[][] {
  return [...new Map(sides.map((side) => [JSON.stringify(side), side])).values()];
}
