/** The sound or photo of an answer, from the draft it lies beside. */
import { useEffect, useState } from "preact/hooks";
import type { FormFile } from "../../store/storage";
import { useApp } from "../../ui/context";

/** Null while there is none (yet). */
export function useDraftFile(draft: string, name: unknown): FormFile | null {
  const { storage } = useApp();
  const [held, setHeld] = useState<FormFile | null>(null);
  useEffect(() => {
    let wanted = true;
    if (typeof name !== "string") return setHeld(null);
    void storage.formFiles(draft).then((files) => wanted && setHeld(files.find((file) => file.name === name) ?? null), () => undefined);
    return () => void (wanted = false);
  }, [draft, name]);
  return held;
}
