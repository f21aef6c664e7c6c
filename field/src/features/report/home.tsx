/** The first screen: the microphone under the thumb, my reports above it. */
import { duration } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { Doors } from "../../ui/doors";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, HoldButton, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { LockNotes } from "../lock/notes";
import { Banner } from "./banner";
import { CampaignCards } from "../campaigns/card";
import { ReportList } from "../cases/list";
import { FormsCard } from "../forms/card";
import { Retakes } from "../papers/retake";
import { ServicesCard } from "../services/card";
import { DueCard } from "../tasks/due-card";

export function HomeScreen() {
  const { t } = useApp();
  return (
    <Screen title={t("app.name")}>
      <Banner />
      <LockNotes />
      <UnsavedRecordings />
      <Forwarded />
      <Retakes household="" />
      <FormsCard />
      <DueCard />
      <CampaignCards />
      <ServicesCard />
      <Doors />
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

/** Recordings that a call, a dead battery or a wrong tap left without "save". */
function UnsavedRecordings() {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.drafts(), [storage]);
  if (live.state !== "ready") return null;
  return (
    <>
      {live.data.map((draft) => (
        <Note key={draft.id} icon="mic" kind="warning" draft>
          <p>{t("home.draft")} <span class="digits">{duration(draft.seconds)}</span></p>
          <Button icon="play" label={t("report.play")} onClick={() => go(`report?draft=${draft.id}`)} />
          <Button icon="cross" label={t("report.delete")} onClick={() => void storage.dropDraft(draft.id)} />
        </Note>
      ))}
    </>
  );
}

/** What another app passed on and nobody has confirmed yet. */
function Forwarded() {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.shares(), [storage]);
  if (live.state !== "ready") return null;
  return (
    <>
      {live.data.map((share) => (
        <Note key={share.id} icon="file" kind="warning" draft>
          <p>{t("share.waiting")}</p>
          <Button icon="next" label={t("share.open")} onClick={() => go(`report?share=${share.id}`)} />
          <Button icon="cross" label={t("report.delete")} onClick={() => void storage.dropDraft(share.id)} />
        </Note>
      ))}
    </>
  );
}
