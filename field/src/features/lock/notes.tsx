/** What the open phone says of its lock: no PIN yet, or soon too long without the county. */
import { useApp } from "../../ui/context";
import { Button, Note } from "../../ui/parts";
import { go } from "../../ui/route";

const WARN_DAYS = 4;

export function LockNotes() {
  const { t, lock, phone } = useApp();
  const { hasPin, daysLeft } = lock.facts;
  if (!hasPin && phone.enrolledAt !== null) {
    return <Note icon="lock" kind="warning">{t("lock.no_pin")}<Button icon="lock" label={t("lock.choose")} onClick={() => go("pin")} /></Note>;
  }
  if (lock.runsOut && daysLeft <= WARN_DAYS) return <Note icon="county" kind="warning">{t("lock.days", { n: daysLeft })}</Note>;
  return null;
}

/** Closes the phone at once: before it is handed on, and to change the person. */
export function LockButton() {
  const { t, lock } = useApp();
  return <Button icon="lock" label={t("lock.close")} onClick={() => (lock.facts.hasPin ? lock.close() : go("pin"))} />;
}
