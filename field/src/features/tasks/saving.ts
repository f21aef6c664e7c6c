/** Saving on a screen: nothing is called saved before the store said so. */
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import type { Ready } from "../report/compose";

export type Saving = "no" | "saving" | "saved" | "full" | "failed";

/** `recording`: the name of the unfinished recording that goes with the command. */
export function useSaving(recording: string): { state: Saving; save: (make: () => Promise<Ready>) => Promise<void> } {
  const { storage, sender } = useApp();
  const [state, setState] = useState<Saving>("no");
  const save = async (make: () => Promise<Ready>): Promise<void> => {
    setState("saving");
    try {
      const ready = await make();
      await storage.append(ready.draft, ready.media, recording);
      setState("saved");
      void sender.kick();
    } catch (error) {
      setState(error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "failed");
    }
  };
  return { state, save };
}
