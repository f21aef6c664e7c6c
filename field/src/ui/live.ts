/** Data of the store that stays true: loaded again whenever anything changed, in this tab or another. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Storage } from "../store/storage";
import { alike } from "./alike";

export type Live<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly retry: () => void }
  | { readonly state: "ready"; readonly data: T };

/** The same data twice is drawn once; changes that come while it loads make one load more. */
export function useLive<T>(storage: Storage, load: () => Promise<T>, inputs: readonly unknown[]): Live<T> {
  const [live, setLive] = useState<Live<T>>({ state: "loading" });
  const loader = useMemo(() => new Loader(load, setLive), inputs);
  useEffect(() => {
    loader.run();
    const stop = storage.onChange(() => loader.run());
    return () => (stop(), loader.end());
  }, [loader]);
  return live;
}

type Set<T> = (change: (held: Live<T>) => Live<T>) => void;

class Loader<T> {
  private busy = false;
  private again = false;
  private ended = false;

  constructor(private readonly load: () => Promise<T>, private readonly set: Set<T>) {}

  run(): void {
    this.again = this.busy;
    if (this.busy) return;
    this.busy = true;
    this.load().then((data) => this.show(data), () => this.fail()).finally(() => {
      this.busy = false;
      if (this.again && !this.ended) this.run();
    });
  }

  end(): void {
    this.ended = true;
  }

  private show(data: T): void {
    if (!this.ended) this.set((held) => (held.state === "ready" && alike(held.data, data) ? held : { state: "ready", data }));
  }

  private fail(): void {
    if (!this.ended) this.set((held) => (held.state === "ready" ? held : { state: "failed", retry: () => this.run() }));
  }
}
