/** What was added to a voice so far, and whether a photo of it is still being made smaller: until then nothing is saved. */
import { useState } from "preact/hooks";
import type { ExtrasState, Patch } from "./extras";

export interface ExtrasControl {
  readonly extras: ExtrasState;
  readonly change: (patch: Patch) => void;
  readonly shrinking: boolean;
  readonly setShrinking: (is: boolean) => void;
}

export function useExtras(first: ExtrasState): ExtrasControl {
  const [extras, setExtras] = useState(first);
  const [shrinking, setShrinking] = useState(false);
  const change = (patch: Patch): void => setExtras((held) => ({ ...held, ...(typeof patch === "function" ? patch(held) : patch) }));
  return { extras, change, shrinking, setShrinking };
}
