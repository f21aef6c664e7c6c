/** What the sender is doing, for the screens. */
import { useEffect, useState } from "preact/hooks";
import type { SenderState } from "../sync/sender";
import { useApp } from "./context";

export function useSenderState(): SenderState {
  const { sender } = useApp();
  const [state, setState] = useState<SenderState>(sender.state);
  useEffect(() => sender.onChange(() => setState(sender.state)), [sender]);
  // The phone knows it has no network sooner than a request finds out.
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const change = (): void => setOnline(navigator.onLine);
    addEventListener("online", change);
    addEventListener("offline", change);
    return () => (removeEventListener("online", change), removeEventListener("offline", change));
  }, []);
  return online ? state : "offline";
}
