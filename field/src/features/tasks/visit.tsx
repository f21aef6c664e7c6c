/** A visit to a family: one tap records it; a voice, a photo, the place if one likes. What it needs becomes a report. */
import { useEffect, useState } from "preact/hooks";
import { uuid7 } from "../../outbox/uuid7";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Screen } from "../../ui/parts";
import { replace } from "../../ui/route";
import { Face } from "../households/face";
import { headName } from "../households/household";
import { Extras } from "../report/extras";
import { usePlace } from "../report/place";
import { Saved } from "../report/saved";
import { useExtras } from "../report/use-extras";
import { useRecording } from "../report/use-recording";
import { VoicePanel } from "../report/voice-panel";
import { composeVisit } from "./compose";
import { SaveDock, SaveTrouble } from "./save-dock";
import { useSaving } from "./saving";

export function VisitScreen({ household }: { household: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.thing("household", household), [household]);
  if (live.state === "ready" && live.data) return <Visit household={live.data} />;
  return (
    <Screen title={t("visits.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <Empty icon="tent" text={t("household.missing")} />}
    </Screen>
  );
}

function Visit({ household }: { household: Thing }) {
  const { t, now } = useApp();
  const [recordingId] = useState(() => uuid7(now().getTime()));
  const voice = useRecording(null, recordingId);
  const { finding, toggle } = usePlace();
  const { state, save } = useSaving(recordingId);
  const { extras, change, shrinking, setShrinking } = useExtras({ photos: [], text: "", household: household.id, urgent: false, hazard: null });
  const [needs, setNeeds] = useState(false);
  useEffect(() => {
    if (state === "saved" && needs) replace(`report?household=${household.id}`);
  }, [state]);
  if (state === "saved") return needs ? null : <Saved />;
  const recording = voice.recorded.state === "done" ? voice.recorded.recording : null;
  const given = { ...extras, voice: recording, place: finding.state === "found" ? finding.place : null };
  return (
    <Screen title={t("visits.title")} back>
      <div class="composer">
        <div class="beside"><Face household={household} big /><h2 data-say>{headName(household)}</h2></div>
        <VoicePanel voice={voice} />
        <Extras extras={extras} change={change} shrinking={setShrinking} place={{ finding, toggle }} adding />
        <button class="tile flat" aria-pressed={needs} onClick={() => setNeeds(!needs)}><Icon name="answer" size={30} /><span>{t("visits.needs")}</span></button>
        {needs && <p class="quiet" data-say>{t("visits.needs_hint")}</p>}
        <SaveTrouble state={state} />
      </div>
      <SaveDock voice={voice} state={state} shrinking={shrinking} ready icon="check" label={t("visits.done")} save={() => void save(() => composeVisit(household.id, given, needs, now()))} />
    </Screen>
  );
}
