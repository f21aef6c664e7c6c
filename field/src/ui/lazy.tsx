/** Screens that are rare or heavy: loaded when somebody opens them, from the phone's own copy. */
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Key } from "../i18n/translate";
import { useApp } from "./context";
import { Failed, Loading, Screen } from "./parts";

/** The header and "loading" are on the glass at once; the second time the screen itself is. */
export function lazily<P extends object>(title: Key, load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Lazy(props: P): JSX.Element {
    const { t } = useApp();
    const [Loaded, setLoaded] = useState<ComponentType<P> | "failed" | null>(() => known);
    const fetch = (): void => {
      if (known) return;
      setLoaded(null);
      load().then((part) => setLoaded(() => (known = part)), () => setLoaded("failed"));
    };
    useEffect(fetch, []);
    if (Loaded && Loaded !== "failed") return <Loaded {...props} />;
    return <Screen title={t(title)} back>{Loaded === "failed" ? <Failed retry={fetch} /> : <Loading />}</Screen>;
  };
}
