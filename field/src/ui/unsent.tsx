/** The counter that always shows: how much of what was said still lies only on this phone. */
import type { Storage } from "../store/storage";
import { useApp } from "./context";
import { Icon } from "./icons";
import { useLive } from "./live";

/** Commands the county has not taken yet, and those whose sounds or photos are still on the way. Refused ones are settled. */
export async function countUnsent(storage: Storage): Promise<number> {
  const [commands, receipts, uploads] = await Promise.all([storage.commands(), storage.receipts(), storage.uploads()]);
  return commands.filter((command) => {
    const verdict = receipts.get(command.id)?.verdict;
    if (verdict === "refused") return false;
    if (verdict !== "received" && verdict !== "applied") return true;
    return command.media.some((sha256) => !uploads.get(sha256)?.complete);
  }).length;
}

export function UnsentCount() {
  const { t, storage, sender } = useApp();
  const live = useLive(storage, () => countUnsent(storage), [storage]);
  const count = live.state === "ready" ? live.data : 0;
  const label = count ? t("net.unsent", { n: count }) : t("net.all_sent");
  return (
    <button class={count ? "count waiting" : "count"} aria-label={label} aria-live="polite" onClick={() => void sender.refresh()}>
      <Icon name={count ? "send" : "check"} size={22} />
      {count > 0 && <b>{count}</b>}
    </button>
  );
}
