/** Teaching clips: each with a picture and a title that speaks; what lies on the phone plays without network. */
import { named } from "../../i18n/translate";
import type { Clip } from "../../store/storage";
import { clipFile } from "../../sync/wanted";
import { useApp } from "../../ui/context";
import { hazardIcon, Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Loading, Note, Screen } from "../../ui/parts";
import { Player } from "../../ui/player";
import { Film } from "./film";

export function ClipsScreen() {
  const { t, phone } = useApp();
  const clips = phone.pack?.clips ?? [];
  return (
    <Screen title={t("clips.title")} back>
      {!clips.length && <Empty icon="play" text={t("clips.empty")} />}
      <ul class="list section">{clips.map((clip) => <li key={clip.code}><Lesson clip={clip} /></li>)}</ul>
    </Screen>
  );
}

function Lesson({ clip }: { clip: Clip }) {
  const { t, storage, language } = useApp();
  const file = clipFile(clip, language.slice(0, 2));
  const live = useLive(storage, async () => (file ? ((await storage.file(file.sha256)) ?? null) : null), [file?.sha256]);
  const title = named(clip.title, language);
  return (
    <div class="row clip">
      <span class="head"><span class="badge"><Icon name={clip.icon === "mic" ? "mic" : hazardIcon(clip.icon)} /></span><h2>{title}</h2></span>
      {live.state === "loading" && <Loading />}
      {live.state === "ready" && !live.data && <Note icon="offline" kind="info">{t("clips.coming")}</Note>}
      {live.state === "ready" && live.data && (live.data.mime.startsWith("video/")
        ? <Film bytes={live.data.bytes} mime={live.data.mime} label={title} />
        : <Player bytes={live.data.bytes} mime={live.data.mime} seconds={0} label={title} />)}
    </div>
  );
}
