/** What is still on this phone and why, what was not accepted and why, and the one next thing to do. */
import { ago } from "../../i18n/time";
import type { Key } from "../../i18n/translate";
import { standing, type Reason, type Waiting } from "../../outbox/unsent";
import { madeAt } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Failed, Loading, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { useSenderState } from "../../ui/sender-state";
import { LockButton } from "../lock/notes";
import { RefusedList } from "../refused/list";

const WORDS: Record<Reason, Key> = { sending: "status.reason_sending", parked: "status.reason_parked", media: "status.reason_media" };
const ICONS: Record<Reason, IconName> = { sending: "send", parked: "clock", media: "sound" };

export function StatusScreen() {
  const { t, storage, carried } = useApp();
  const live = useLive(storage, async () => ({ ...(await standing(storage)), heard: await carried.heard() }), [storage]);
  return (
    <Screen title={t("status.title")} back>
      <div class="page">
        <Contact />
        {live.state === "loading" && <Loading />}
        {live.state === "failed" && <Failed retry={live.retry} />}
        {live.state === "ready" && (
          <>
            <WaitingList waiting={live.data.waiting} heard={live.data.heard} />
            <RefusedList refused={live.data.refused} />
            <Button icon="carry" label={t("carry.title")} onClick={() => go("carry")} />
            <LockButton />
          </>
        )}
      </div>
    </Screen>
  );
}

/** Whether the line to the county stands, and the way to try it now. */
function Contact() {
  const { t, phone, sender, language, now } = useApp();
  const state = useSenderState();
  const last = phone.lastSync ? t("status.last", { time: ago(language, phone.lastSync, now()) }) : t("status.never");
  return (
    <>
      {state === "offline" && <Note icon="offline" kind="warning">{t("net.offline")}</Note>}
      {state === "busy" && <Note icon="county" kind="warning">{t("net.busy")}</Note>}
      <p class="quiet" data-say>{last}</p>
      <Button kind="primary" icon="send" label={t(state === "sending" ? "status.sending" : "status.now")} busy={state === "sending"} onClick={() => void sender.refresh()} />
    </>
  );
}

function WaitingList({ waiting, heard }: { waiting: readonly Waiting[]; heard: ReadonlySet<string> }) {
  const { t } = useApp();
  if (!waiting.length) return <Note icon="check" kind="info">{t("status.nothing")}</Note>;
  return (
    <section>
      <h2 class="section">{t("status.waiting")}</h2>
      <ul class="list">{waiting.map((one) => <li key={one.command.id}><Row {...one} heard={heard.has(one.command.id)} /></li>)}</ul>
    </section>
  );
}

function Row({ command, reason, heard }: Waiting & { heard: boolean }) {
  const { t, language, now } = useApp();
  return (
    <div class={command.urgent ? "row card urgent" : "row card"} data-say>
      <span class="badge"><Icon name={ICONS[reason]} /></span>
      <span class="grow">
        <b>{t(WORDS[reason])}</b>
        <span class="quiet">{ago(language, madeAt(command.id), now())}</span>
        {heard && <span class="quiet">{t("status.hearsay")}</span>}
      </span>
    </div>
  );
}
