/** The report: speak, then one big "save". Everything else on the screen may be left alone. */
import { useEffect, useRef, useState } from "preact/hooks";
import { uuid7 } from "../../outbox/uuid7";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Loading, Note, Screen } from "../../ui/parts";
import { useLive } from "../../ui/live";
import { Trouble } from "../../ui/trouble";
import { compose, hasContent, type Composition } from "./compose";
import { Extras, type ExtrasState } from "./extras";
import { HazardPictures } from "./hazards";
import { usePlace } from "./place";
import type { Recording } from "./recorder";
import { Saved } from "./saved";
import { useRecording } from "./use-recording";
import { VoicePanel } from "./voice-panel";

export interface ComposerProps {
  readonly household: string | null;
  /** Id of the case to add to, or null for a new report. */
  readonly add: string | null;
  readonly urgent: boolean;
  /** Id of a recording that was left unsaved, to go on with; or null. */
  readonly draft: string | null;
}

export function ComposerScreen(props: ComposerProps) {
  const { storage, t } = useApp();
  const draft = useLive(storage, async () => (await storage.drafts()).find((one) => one.id === props.draft) ?? null, [props.draft]);
  const first = useRef<Recording | null | undefined>(undefined);
  const [ready, setReady] = useState(props.draft === null);
  useEffect(() => {
    if (draft.state !== "ready" || first.current !== undefined || props.draft === null) return;
    void joined(draft.data).then((recording) => {
      first.current = recording;
      setReady(true);
    });
  }, [draft]);
  if (!ready) return <Screen title={t("report.title")} back><Loading /></Screen>;
  return <Composer {...props} initial={first.current ?? null} />;
}

async function joined(draft: { mime: string; seconds: number; parts: readonly ArrayBuffer[] } | null): Promise<Recording | null> {
  return draft && { mime: draft.mime, seconds: draft.seconds, bytes: await new Blob([...draft.parts]).arrayBuffer() };
}

type Saving = "no" | "saving" | "saved" | "full" | "failed";

function Composer({ household, add, urgent, draft, initial }: ComposerProps & { initial: Recording | null }) {
  const { t, storage, sender, now } = useApp();
  const [recordingId] = useState(() => draft ?? uuid7(now().getTime()));
  const voice = useRecording(initial, recordingId);
  const { finding, toggle } = usePlace();
  const [extras, setExtras] = useState<ExtrasState>({ photos: [], text: "", household, urgent, hazard: null });
  const [saving, setSaving] = useState<Saving>("no");
  const started = useRef(false);
  useEffect(() => {
    // The press on the first screen's microphone was the first of the three taps: recording begins at once.
    if (!initial && !started.current) voice.start();
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
      setSaving("saved");
      void sender.kick();
    } catch (error) {
      setSaving(error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "failed");
    }
  };
  const change = (patch: Partial<ExtrasState>): void => setExtras((held) => ({ ...held, ...patch }));
  if (saving === "saved") return <Saved />;
  const recording = voice.recorded.state === "recording" || voice.recorded.state === "starting";
  return (
    <Screen title={add ? t("report.add_title") : t("report.title")} back>
      <div class="composer">
        <VoicePanel voice={voice} />
        {extras.urgent && <HazardPictures chosen={extras.hazard} choose={(hazard) => change({ hazard })} />}
        <Extras extras={extras} change={change} place={add ? null : { finding, toggle }} adding={add !== null} />
        {saving === "failed" && <Note icon="urgent" kind="error"><b>{t("report.save_failed")}</b><br />{t("report.save_failed_hint")}</Note>}
        {saving === "full" && (
          <Trouble what="full" grave>
            {extras.photos.length > 0 && <Button icon="cross" label={t("report.without_photos")} onClick={() => void save({ ...composition, photos: [] })} />}
          </Trouble>
        )}
      </div>
      <footer class="dock single">
        {recording
          ? <button class="mic live" aria-label={t("report.stop")} onClick={voice.stop}><Icon name="stop" size={52} filled /></button>
          : <Button kind="primary" icon="check" label={saving === "saving" ? t("report.saving") : t("report.save")} busy={saving === "saving"} disabled={!hasContent(composition)} onClick={() => void save()} />}
      </footer>
    </Screen>
  );
}
