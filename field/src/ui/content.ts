/** A sound or picture that lies on this phone, by its name: recorded here, or fetched. Once found it stays, so that no sync stops what plays. */
import { useEffect, useState } from "preact/hooks";
import type { MediaPart } from "../outbox/command";
import { useApp } from "./context";

/** undefined while it is looked for, null when it is not here (yet). */
export function useContent(name: string | null): MediaPart | null | undefined {
  const { storage } = useApp();
  const [found, setFound] = useState<MediaPart | null | undefined>(undefined);
  useEffect(() => {
    let [wanted, here] = [true, false];
    const look = async (): Promise<void> => {
      const part = name ? ((await storage.file(name)) ?? null) : null;
      here ||= part !== null;
      if (wanted) setFound((held) => (held && held.sha256 === part?.sha256 ? held : part));
    };
    // What was found is not opened again at every change of the store.
    const again = (): void => void (here || look().catch(() => wanted && setFound(null)));
    again();
    const stop = storage.onChange(again);
    return () => ((wanted = false), stop());
  }, [storage, name]);
  return found;
}
