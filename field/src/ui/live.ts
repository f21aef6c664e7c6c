/** Data of the store that stays true: loaded again whenever anything changed, in this tab or another. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Storage } from "../store/storage";

export type Live<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly retry: () => void }
  | { readonly state: "ready"; readonly data: T };

export function useLive<T>(storage: Storage, load: () => Promise<T>, inputs: readonly unknown[]): Live<T> {
  const [live, setLive] = useState<Live<T>>({ state: "loading" });
  const reload = useCallback(() => {
    load().then(
      (data) => setLive({ state: "ready", data }),
      () => setLive((held) => (held.state === "ready" ? held : { state: "failed", retry: reload })),
    );
  }, inputs);
  useEffect(() => {
    reload();
    return storage.onChange(reload);
  }, [reload]);
  return live;
}
