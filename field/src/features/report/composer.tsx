/** The report: speak, then one big "save". Everything else on the screen may be left alone. */
import { useEffect, useRef, useState } from "preact/hooks";
import { uuid7 } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Button, Loading, Note, Screen } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { foundFor } from "../campaigns/campaigns";
import { CampaignNote } from "../campaigns/note";
import { compose, hasContent, type Composition } from "./compose";
import { Extras } from "./extras";
import { HazardPictures } from "./hazards";
import { usePlace } from "./place";
import { Saved } from "./saved";
import { useStart, type Start } from "./start";
import { isRecording, StopButton } from "./stop-button";
import { useExtras } from "./use-extras";
import { useRecording } from "./use-recording";
import { VoicePanel } from "./voice-panel";

export interface ComposerProps {
  readonly household: string | null;
  /** Id of the case to add to, or null for a new report. */
  readonly add: string | null;
  readonly urgent: boolean;
  /** Id of a recording that was left unsaved, to go on with; or null. */
  readonly draft: string | null;
  /** Id of what another app forwarded, to be looked at and confirmed; or null. */
  readonly share: string | null;
  /** Id of the campaign it is found for, or null. */
  readonly campaign: string | null;
}

export function ComposerScreen(props: ComposerProps) {
  const { t } = useApp();
  const start = useStart(props.draft, props.share);
  if (!start) return <Screen title={t("report.title")} back><Loading /></Screen>;
  return <Composer {...props} start={start} />;
}

type Saving = "no" | "saving" | "saved" | "full" | "failed";

function Composer({ household, add, urgent, draft, share, campaign, start }: ComposerProps & { start: Start }) {
  const { t, storage, sender, now } = useApp();
  const [recordingId] = useState(() => draft ?? share ?? uuid7(now().getTime()));
  const voice = useRecording(start.recording, recordingId);
  const { finding, toggle } = usePlace();
  const { extras, change, shrinking, setShrinking } = useExtras({ photos: start.photos, text: start.text, household, urgent, hazard: null });
  const [saving, setSaving] = useState<Saving>("no");
  const started = useRef(false);
  useEffect(() => {
    // The press on the first screen's microphone was the first of the three taps: recording begins at once.
    if (!start.recording && share === null && !started.current) voice.start();
    started.current = true;
  }, []);

  const composition: Composition = {
    ...extras,
    voice: voice.recorded.state === "done" ? voice.recorded.recording : null,
    place: finding.state === "found" ? finding.place : null,
  };
  const save = async (what: Composition = composition): Promise<void> => {
    setSaving("saving");
    try {
      const ready = await compose(what, add, now());
      await storage.append(ready.draft, ready.media, recordingId);
      if (campaign) await storage.append(foundFor(ready.draft.id, campaign, now()), []);
      setSaving("saved");
      void sender.kick();
    } catch (error) {
      setSaving(error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "failed");
    }
  };
  if (saving === "saved") return <Saved />;
  return (
    <Screen title={add ? t("report.add_title") : t("report.title")} back>
      <div class="composer">
        {start.lost && <Note icon="file" kind="warning">{t("share.lost")}</Note>}
        {campaign && <CampaignNote id={campaign} />}
        <VoicePanel voice={voice} />
        {extras.urgent && <HazardPictures chosen={extras.hazard} choose={(hazard) => change({ hazard })} />}
        <Extras extras={extras} change={change} shrinking={setShrinking} place={add ? null : { finding, toggle }} adding={add !== null} />
        {saving === "failed" && <Note icon="urgent" kind="error"><b>{t("report.save_failed")}</b><br />{t("report.save_failed_hint")}</Note>}
        {saving === "full" && (
          <Trouble what="full" grave>
            {extras.photos.length > 0 && <Button icon="cross" label={t("report.without_photos")} onClick={() => void save({ ...composition, photos: [] })} />}
          </Trouble>
        )}
      </div>
      <footer class="dock single">
        {isRecording(voice)
          ? <StopButton voice={voice} />
          : <Button kind="primary" icon="check" label={saving === "saving" ? t("report.saving") : t("report.save")} busy={saving === "saving" || shrinking} disabled={!hasContent(composition)} onClick={() => void save()} />}
      </footer>
    </Screen>
  );
}
