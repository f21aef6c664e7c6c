/** A paper is photographed, covered by hand and saved for the village's desk: a picture at a time, three big buttons. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Thing } from "../../store/storage";
import { NoCountyKey } from "../../store/sealing";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { replace } from "../../ui/route";
import { familyOf } from "../households/catalogue";
import { cameras, type Camera } from "./cameras";
import { Kinds, Sides, Step, Whose } from "./choosing";
import { Cover } from "./cover";
import { another, laid, type Box } from "./covering";
import { SideDrawing } from "./drawing";
import { photographed } from "./photographing";
import { covered, forget, opened } from "./picture";

/** `code` and `member`: the paper that is to be taken again, when that is known. */
export function PhotographScreen({ id, code, member }: { id: string; code: string; member: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => familyOf(storage, id), [id]);
  const [saved, setSaved] = useState(false);
  if (saved) return <Done household={id} />;
  const all = live.state === "ready" && live.data ? cameras(live.data.catalogue) : [];
  return (
    <Screen title={t("papers.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && !live.data && <Empty icon="tent" text={t("household.missing")} />}
      {live.state === "ready" && live.data && (all.length ? <Taking household={live.data.household} all={all} code={code} whose={member} done={() => setSaved(true)} /> : <Empty icon="camera" text={t("papers.none")} />)}
    </Screen>
  );
}

function Taking({ household, all, code, whose, done }: { household: Thing; all: readonly Camera[]; code: string; whose: string; done: () => void }) {
  const { t } = useApp();
  const [camera, setCamera] = useState<Camera | null>(all.find((one) => one.code === code) ?? null);
  const [member, setMember] = useState<string | null>(whose || null);
  const [side, setSide] = useState<number | null>(null);
  if (!camera) return <Asked say={t("papers.which")}><Kinds all={all} choose={setCamera} /></Asked>;
  if (camera.own && !member) return <Asked say={t("papers.whose")}><Whose household={household} choose={setMember} /></Asked>;
  if (side === null && camera.sides.length > 1) return <Asked say={t("papers.side")}><Sides camera={camera} choose={setSide} /></Asked>;
  return <Photo household={household.id} camera={camera} member={camera.own ? member : null} side={camera.sides[side ?? 0] ?? []} done={done} />;
}

/** Says what is asked as soon as it is there. */
function Asked({ say, children }: { say: string; children: preact.ComponentChildren }) {
  const { voice, language, phone } = useApp();
  useEffect(() => { if (phone.speaking) voice.say(language, say); }, [say]);
  return <Step say={say}>{children}</Step>;
}

interface PhotoProps {
  readonly household: string;
  readonly camera: Camera;
  readonly member: string | null;
  readonly side: readonly Box[];
  readonly done: () => void;
}

type Trouble = "report.photo_failed" | "report.save_failed" | "papers.no_key";

function Photo({ household, camera, member, side, done }: PhotoProps) {
  const { t, storage, sender, now } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<HTMLCanvasElement | null>(null);
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => () => { if (picture) forget(picture); }, [picture]);
  const take = (file: File | undefined): void => {
    if (!file) return;
    setTrouble(null);
    opened(file).then((canvas) => (setBoxes(laid(side, canvas.width, canvas.height)), setPicture(canvas)), () => setTrouble("report.photo_failed"));
  };
  const save = async (canvas: HTMLCanvasElement): Promise<void> => {
    setBusy(true);
    try {
      const { draft, part } = await photographed({ household, code: camera.code, member }, await covered(canvas, boxes), now());
      await storage.append(draft, [part]);
      void sender.kick();
      done();
    } catch (error) {
      setTrouble(error instanceof NoCountyKey ? "papers.no_key" : "report.save_failed");
      setBusy(false);
    }
  };
  const file = <input ref={input} class="hidden" type="file" accept="image/*" capture="environment" aria-label={t("papers.take")} tabIndex={-1}
    onChange={(event) => (take(event.currentTarget.files?.[0]), (event.currentTarget.value = ""))} />;
  const shown = trouble && <Note icon="urgent" kind="error">{t(trouble)}</Note>;
  if (!picture) {
    return (
      <Asked say={t("papers.lay")}>
        <div class="paper-lay"><SideDrawing boxes={side} /></div>
        {shown}{file}
        <footer class="dock single"><Button kind="primary" icon="camera" label={t("papers.take")} onClick={() => input.current?.click()} /></footer>
      </Asked>
    );
  }
  return (
    <Asked say={t(side.length ? "papers.cover" : "papers.cover_any")}>
      <Cover picture={picture} boxes={boxes} change={(index, box) => setBoxes((held) => held.map((one, at) => (at === index ? box : one)))} />
      {shown}{file}
      <footer class="dock paper-dock">
        <button class="side" disabled={busy} onClick={() => input.current?.click()}><Icon name="camera" size={34} /><span>{t("papers.again")}</span></button>
        <button class="side" disabled={busy} onClick={() => setBoxes((held) => [...held, another])}><Icon name="plus" size={34} /><span>{t("papers.more")}</span></button>
        <Button kind="primary" icon="check" label={t("papers.save")} busy={busy} onClick={() => void save(picture)} />
      </footer>
    </Asked>
  );
}

/** It is on the disk, sealed. */
function Done({ household }: { household: string }) {
  const { t, voice, language, phone } = useApp();
  useEffect(() => {
    navigator.vibrate?.([40, 60, 40]);
    if (phone.speaking) voice.say(language, t("report.saved"));
  }, []);
  return (
    <main><div class="saved" role="status">
      <span class="seal"><Icon name="check" size={96} /></span>
      <h1>{t("report.saved")}</h1>
      <p>{t("papers.saved")}</p>
      <Button icon="back" label={t("app.back")} onClick={() => replace(`household/${household}`)} />
    </div></main>
  );
}
