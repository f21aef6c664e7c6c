/** What stands between this phone and the county just now, if anything: the one thing that matters most. */
import { useEffect, useState } from "preact/hooks";
import { moment } from "../../i18n/time";
import { countUnsent } from "../../outbox/unsent";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Button, Note } from "../../ui/parts";
import { go } from "../../ui/route";
import { useSenderState } from "../../ui/sender-state";
import { Trouble } from "../../ui/trouble";
import { takeNewest } from "../../worker-client";
import { isBehind, knownTime } from "./clock";

/** Bytes: five minutes of voice and four photos, several times over. */
const ROOM_NEEDED = 20 * 1024 * 1024;

export function Banner() {
  const { t, phone, sender, now, language } = useApp();
  const state = useSenderState();
  const kept = useKept();
  const room = useRoom();
  if (phone.access === "unknown") {
    return <Note icon="urgent" kind="error"><p>{t("net.unknown_device")}</p><Button icon="phone" label={t("net.reconnect")} onClick={() => go("enrol")} /></Note>;
  }
  if (phone.access === "wiping") return <Note icon="send" kind="warning">{t("wiped.pending")}</Note>;
  if (state === "busy" && sender.refusedAs === "sync.version") {
    return <Trouble what="update" grave><Button icon="again" label={t("app.retry")} onClick={() => void takeNewest().catch(() => location.reload())} /></Trouble>;
  }
  if (room !== null && room < ROOM_NEEDED) return <Trouble what="low" />;
  const known = knownTime(phone.clockOff, now());
  if (known) return <Trouble what="clock" params={{ time: moment(language, known) }} />;
  if (isBehind(phone.lastSync, now())) return <Trouble what="clock_back" />;
  if (state === "offline") return <Note icon="offline" kind="warning">{t("net.offline")}</Note>;
  if (state === "busy") return <Note icon="county" kind="warning">{t("net.busy")}</Note>;
  if (!kept) return <Note icon="phone" kind="info">{t("net.not_kept")}</Note>;
  return null;
}

/** Bytes left for this app, or null where the browser does not say. */
function useRoom(): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ quota, usage }) => setRoom(quota ? quota - (usage ?? 0) : null));
  }, []);
  return room;
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
