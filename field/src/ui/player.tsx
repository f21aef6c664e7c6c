/** Plays a sound that is on this phone: one big button and how far it is. `seconds` 0: the sound itself knows. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { duration } from "../i18n/time";
import { useApp } from "./context";
import { Icon } from "./icons";

export function Player({ bytes, mime, seconds, label }: { bytes: ArrayBuffer; mime: string; seconds: number; label: string }) {
  const { t } = useApp();
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [known, setKnown] = useState(seconds);
  const sound = useMemo(() => new Audio(URL.createObjectURL(new Blob([bytes], { type: mime }))), [bytes, mime]);
  useEffect(() => {
    sound.onplay = () => setPlaying(true);
    sound.onpause = () => setPlaying(false);
    sound.onloadedmetadata = () => Number.isFinite(sound.duration) && setKnown(seconds || sound.duration);
    sound.ontimeupdate = () => setAt(sound.currentTime);
    sound.onended = () => (setPlaying(false), setAt(0));
    return () => {
      sound.pause();
      URL.revokeObjectURL(sound.src);
    };
  }, [sound]);
  const toggle = (): void => void (playing ? sound.pause() : sound.play().catch(() => setPlaying(false)));
  const action = playing ? t("report.pause") : t("report.play");
  return (
    <div class="player">
      <button class="round big" aria-label={`${action} ${label}`} onClick={toggle}><Icon name={playing ? "pause" : "play"} filled={!playing} /></button>
      <progress value={Math.min(at, known)} max={Math.max(known, 0.1)} aria-label={label} />
      <span class="digits" data-say>{duration(playing ? at : known)}</span>
    </div>
  );
}
