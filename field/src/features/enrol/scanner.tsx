/** Reads the county's code from the village's screen or paper. Another code is said to be another one; six digits always do. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Note } from "../../ui/parts";
import { scan } from "../../ui/scan";
import { tokenOf } from "./token";

export default function Scanner({ found }: { found: (token: string) => void }) {
  const { t } = useApp();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"looking" | "no_camera" | "other">("looking");
  useEffect(() => {
    let ended = false;
    const seen = (text: string): void => {
      const token = ended ? null : tokenOf(text, location.href);
      if (token === null) return void (ended || setState("other"));
      ended = true;
      navigator.vibrate?.(80);
      found(token);
    };
    const stopping = scan(video.current!, seen).catch(() => (ended || setState("no_camera"), undefined));
    return () => ((ended = true), void stopping.then((stop) => stop?.()));
  }, []);
  if (state === "no_camera") return <Note icon="camera" kind="warning">{t("enrol.no_camera")}</Note>;
  return (
    <figure class="codes">
      <video ref={video} muted playsInline aria-label={t("enrol.aim")} />
      <figcaption data-say>{t(state === "other" ? "enrol.other_code" : "enrol.aim")}</figcaption>
    </figure>
  );
}
