/** How one change from the county meets what the phone holds. Pure; the store calls it inside its transaction. */
import type { Change } from "../sync/wire";
import type { Thing } from "./storage";

export type Meeting = { readonly act: "put"; readonly thing: Thing } | { readonly act: "drop" | "keep" | "mismatch" };

type Data = Readonly<Record<string, unknown>>;

export function meet(held: Thing | undefined, change: Change, round: number): Meeting {
  if (change.op === "drop") return { act: held ? "drop" : "keep" };
  if (change.op === "put") return put(held, change, round);
  if (change.op === "patch") return patch(held, change, round);
  return { act: "keep" };
}

function put(held: Thing | undefined, change: Change, round: number): Meeting {
  // Within one round an older revision is a late copy. In a new round it is the truth: the server may have been restored.
  if (held && held.round === round && held.rev > change.rev) return { act: "keep" };
  return { act: "put", thing: { kind: change.kind, id: change.id, rev: change.rev, round, data: change.data } };
}

function patch(held: Thing | undefined, change: Change, round: number): Meeting {
  if (held && held.round === round && held.rev >= change.rev) return { act: "keep" };
  if (!held || held.rev !== change.base) return { act: "mismatch" };
  return { act: "put", thing: { ...held, round, rev: change.rev, data: merge(held.data, change.data) } };
}

/** JSON merge patch (RFC 7396): objects merge, null removes, everything else replaces. */
export function merge(old: Data, patch: Data): Data {
  const result: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (isData(value)) result[key] = merge(isData(result[key]) ? result[key] : {}, value);
    else result[key] = value;
  }
  return result;
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
