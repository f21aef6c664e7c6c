/** Teaching clips: each with a picture and a title that speaks; what lies on the phone plays without network. */
import { named } from "../../i18n/translate";
import type { Clip } from "../../store/storage";
import { clipFile } from "../../sync/wanted";
import { useContent } from "../../ui/content";
import { useApp } from "../../ui/context";
import { hazardIcon, Icon } from "../../ui/icons";
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

/** In the person's language where that is here, else in whichever is. */
function Lesson({ clip }: { clip: Clip }) {
  const { t, language } = useApp();
  const wanted = useContent(clipFile(clip, language.slice(0, 2))?.sha256 ?? null);
  const other = useContent(Object.values(clip.files)[0]?.sha256 ?? null);
  const part = wanted || other;
  const title = named(clip.title, language);
  return (
    <div class="row clip">
      <span class="head"><span class="badge"><Icon name={clip.icon === "mic" ? "mic" : hazardIcon(clip.icon)} /></span><h2>{title}</h2></span>
      {wanted === undefined && <Loading />}
      {wanted === null && !part && <Note icon="offline" kind="info">{t("clips.coming")}</Note>}
      {part && (part.mime.startsWith("video/")
        ? <Film bytes={part.bytes} mime={part.mime} label={title} />
        : <Player bytes={part.bytes} mime={part.mime} seconds={0} label={title} />)}
    </div>
  );
}
