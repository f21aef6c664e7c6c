/** The first screen: the microphone under the thumb, my reports above it. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, HoldButton, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { countUnsent } from "../../ui/unsent";
import { useSenderState } from "../../ui/sender-state";
import { ReportList } from "../cases/list";

export function HomeScreen() {
  const { t } = useApp();
  return (
    <Screen title={t("app.name")}>
      <Banner />
      <UnsavedRecording />
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

function UnsavedRecording() {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.draft(), [storage]);
  if (live.state !== "ready" || !live.data) return null;
  return (
    <Note icon="mic" kind="warning">
      <p>{t("home.draft")}</p>
      <Button icon="play" label={t("report.play")} onClick={() => go("report?draft=1")} />
    </Note>
  );
}
