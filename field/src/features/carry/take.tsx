/** Takes another phone's reports: by the camera from its codes, or from a file it passed on. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Note } from "../../ui/parts";
import { go } from "../../ui/route";
import { scan } from "../../ui/scan";
import { takeCodes, takeText, type Taken } from "./carry";
import { Assembler } from "./frames";


type State = "looking" | "no_camera" | "not_ours" | Taken;

export function TakePart() {
  const { storage, carried, sender, now } = useApp();
  const [state, setState] = useState<State>("looking");
  const done = (taken: Taken | null): void => {
    setState(taken ?? "not_ours");
    if (!taken) return;
    navigator.vibrate?.([60, 60, 120]);
    void sender.refresh();
  };
  if (typeof state === "object") return <Done taken={state} />;
  return (
    <>
      {state !== "no_camera" && (
        <Camera
          whole={(bytes) => void takeCodes(bytes, storage, carried, now().getTime()).then(done, () => setState("not_ours"))}
          refused={() => setState("no_camera")}
        />
      )}
      <FromFile state={state} take={(text) => void takeText(text, storage, carried, now().getTime()).then(done, () => setState("not_ours"))} />
    </>
  );
}

function Camera({ whole, refused }: { whole: (bytes: Uint8Array<ArrayBuffer>) => void; refused: () => void }) {
  const { t } = useApp();
  const video = useRef<HTMLVideoElement>(null);
  const [read, setRead] = useState({ have: 0, count: 0 });
  useEffect(() => {
    const reader = new Assembler();
    let gone = false;
    let ended = false;
    const seen = async (text: string): Promise<void> => {
      const progress = ended ? null : await reader.add(text);
      if (!progress || ended) return;
      setRead(progress);
      if (progress.whole) (ended = true), whole(progress.whole);
    };
    const stopping = scan(video.current!, (text) => void seen(text)).catch(() => (gone || refused(), undefined));
    return () => ((gone = true), void stopping.then((stop) => stop?.()));
  }, []);
  return (
    <figure class="codes">
      <video ref={video} muted playsInline aria-label={t("carry.aim")} />
      <figcaption>
        <p data-say>{t("carry.aim")}</p>
        {read.count > 0 && <progress max={read.count} value={read.have} aria-label={t("carry.reading", { i: read.have, n: read.count })} />}
        {read.count > 0 && <p class="digits" aria-live="polite">{t("carry.reading", { i: read.have, n: read.count })}</p>}
      </figcaption>
    </figure>
  );
}

function FromFile({ state, take }: { state: State; take: (text: string) => void }) {
  const { t } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const chosen = (file: File | undefined): void => void file?.text().then(take);
  return (
    <>
      {state === "no_camera" && <Note icon="camera" kind="warning">{t("carry.no_camera")}</Note>}
      {state === "not_ours" && <Note icon="urgent" kind="error">{t("carry.not_ours")}</Note>}
      <Button icon="file" label={t("carry.choose")} onClick={() => input.current?.click()} />
      <input ref={input} class="hidden" type="file" tabIndex={-1} aria-hidden="true" onChange={(event) => chosen(event.currentTarget.files?.[0])} />
    </>
  );
}

function Done({ taken }: { taken: Taken }) {
  const { t } = useApp();
  return (
    <div class="saved" role="status">
      <span class="seal"><Icon name="check" size={96} /></span>
      {taken.reports > 0 && <h2>{t("carry.taken", { n: taken.reports })}</h2>}
      {taken.media > 0 && <p data-say>{t("carry.taken_media", { n: taken.media })}</p>}
      {taken.arrived > 0 && <p data-say>{t("carry.taken_news", { n: taken.arrived })}</p>}
      {taken.reports > 0 && <p data-say>{t("carry.will_send")}</p>}
      {taken.reports + taken.arrived === 0 && <p data-say>{t("carry.nothing")}</p>}
      <Button icon="back" label={t("app.back")} onClick={() => go("carry")} />
    </div>
  );
}
