/** The first screen: the microphone under the thumb, my reports above it. */
import { useEffect, useState } from "preact/hooks";
import { duration } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, HoldButton, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { countUnsent } from "../../outbox/unsent";
import { useSenderState } from "../../ui/sender-state";
import { ReportList } from "../cases/list";

export function HomeScreen() {
  const { t } = useApp();
  return (
    <Screen title={t("app.name")}>
      <Banner />
      <UnsavedRecordings />
      <h2 class="section">{t("home.mine")}</h2>
      <ReportList />
      <footer class="dock">
        <button class="side" onClick={() => go("households")}><Icon name="tent" size={32} /><span>{t("home.households")}</span></button>
        <button class="mic" aria-label={t("app.mic")} onClick={() => go("report")}><Icon name="mic" size={56} /></button>
        <HoldButton label={t("home.urgent_hold")} onHeld={() => go("report?urgent=1")}><Icon name="urgent" size={32} /><span>{t("home.urgent")}</span></HoldButton>
      </footer>
    </Screen>
  );
}

/** What stands between this phone and the county just now, if anything. */
function Banner() {
  const { t, phone } = useApp();
  const state = useSenderState();
  const kept = useKept();
  if (phone.access === "unknown") {
    return <Note icon="urgent" kind="error"><p>{t("net.unknown_device")}</p><Button icon="phone" label={t("net.reconnect")} onClick={() => go("enrol")} /></Note>;
  }
  if (phone.access === "wiping") return <Note icon="send" kind="warning">{t("wiped.pending")}</Note>;
  if (state === "offline") return <Note icon="offline" kind="warning">{t("net.offline")}</Note>;
  if (state === "busy") return <Note icon="county" kind="warning">{t("net.busy")}</Note>;
  if (!kept) return <Note icon="phone" kind="info">{t("net.not_kept")}</Note>;
  return null;
}

/** False while something unsent lies here and the browser has not promised to keep it. Asked only when there is something. */
function useKept(): boolean {
  const { storage } = useApp();
  const [promised, setPromised] = useState(true);
  const live = useLive(storage, () => countUnsent(storage), [storage]);
  const waiting = live.state === "ready" && live.data > 0;
  useEffect(() => {
    if (waiting && navigator.storage?.persist) void navigator.storage.persist().then(setPromised);
  }, [waiting]);
  return promised || !waiting;
}

/** Recordings that a call, a dead battery or a wrong tap left without "save". */
function UnsavedRecordings() {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.drafts(), [storage]);
  if (live.state !== "ready") return null;
  return (
    <>
      {live.data.map((draft) => (
        <Note key={draft.id} icon="mic" kind="warning">
          <p>{t("home.draft")} <span class="digits">{duration(draft.seconds)}</span></p>
          <Button icon="play" label={t("report.play")} onClick={() => go(`report?draft=${draft.id}`)} />
          <Button icon="cross" label={t("report.delete")} onClick={() => void storage.dropDraft(draft.id)} />
        </Note>
      ))}
    </>
  );
}
