/** The counter that always shows: how much of what was said still lies only on this phone. */
import { countUnsent } from "../outbox/unsent";
import { useApp } from "./context";
import { Icon } from "./icons";
import { useLive } from "./live";
import { go } from "./route";

export function UnsentCount() {
  const { t, storage } = useApp();
  const live = useLive(storage, () => countUnsent(storage), [storage]);
  const count = live.state === "ready" ? live.data : 0;
  const label = count ? t("net.unsent", { n: count }) : t("net.all_sent");
  return (
    <button class={count ? "count waiting" : "count"} aria-label={label} aria-live="polite" onClick={() => go("status")}>
      <Icon name={count ? "send" : "check"} size={22} />
      {count > 0 && <b>{count}</b>}
    </button>
  );
}
