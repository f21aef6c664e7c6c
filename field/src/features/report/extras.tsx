/** What may be added to a voice: photo, place, household, urgent, text. All optional, each one tap. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { afterPicture } from "../../ui/after-picture";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { HoldButton, Note } from "../../ui/parts";
import { Picture } from "../../ui/pictures";
import { Trouble } from "../../ui/trouble";
import { Face } from "../households/face";
import { headName } from "../households/household";
import { MOST_PHOTOS } from "../share/taking";
import { FamilyPicker } from "./families";
import { shrink } from "./photo";
import type { Finding } from "./place";

export interface ExtrasState {
  readonly photos: readonly ArrayBuffer[];
  readonly text: string;
  readonly household: string | null;
  readonly urgent: boolean;
  readonly hazard: string | null;
}

export type Patch = Partial<ExtrasState> | ((held: ExtrasState) => Partial<ExtrasState>);

interface Props {
  readonly extras: ExtrasState;
  readonly change: (patch: Patch) => void;
  /** Whether a photo is still being made smaller. */
  readonly shrinking: (is: boolean) => void;
  readonly place: { readonly finding: Finding; readonly toggle: () => void } | null;
  /** Adding to a case: household, place and urgency are the case's own. */
  readonly adding: boolean;
}

export function Extras({ extras, change, shrinking, place, adding }: Props) {
  const { t, storage } = useApp();
  const [open, setOpen] = useState<"text" | "household" | null>(extras.text ? "text" : null);
  const here = place?.finding.state === "found" ? place.finding.place : null;
  // Words that were there from the start are shown; the keys come up only for who asks to write.
  const pressed = useRef(false);
  const toggle = (one: "text" | "household"): void => {
    pressed.current = true;
    setOpen(open === one ? null : one);
  };
  return (
    <section class="extras">
      <PhotoStrip photos={extras.photos} drop={(photo) => change((held) => ({ photos: held.photos.filter((other) => other !== photo) }))} />
      <div class="tiles">
        {extras.photos.length < MOST_PHOTOS && <PhotoTile working={shrinking} add={(photo) => change((held) => ({ photos: [...held.photos, photo] }))} />}
        {place && <PlaceTile {...place} />}
        {!adding && !storage.locked && <HouseholdTile id={extras.household} open={() => toggle("household")} />}
        <Tile icon="text" label={t("report.text")} on={extras.text !== ""} press={() => toggle("text")} />
        {!adding && <UrgentTile on={extras.urgent} change={(urgent) => change({ urgent, hazard: null })} />}
      </div>
      {place && (place.finding.state === "none" || place.finding.state === "refused") && <Trouble what={place.finding.state === "none" ? "place" : "place_refused"} />}
      {open === "text" && (
        <Opened quiet={!pressed.current}>
          <label class="field">
            <span>{t("report.text_hint")}</span>
            <textarea rows={4} value={extras.text} onInput={(event) => change({ text: event.currentTarget.value })} />
          </label>
        </Opened>
      )}
      {open === "household" && (
        <Opened><FamilyPicker chosen={extras.household} here={here} choose={(household) => (change({ household }), setOpen(null))} /></Opened>
      )}
    </section>
  );
}

/** What a tile opened: brought into view, and ready to type where there is something to type. */
function Opened({ quiet, children }: { quiet?: boolean; children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => quiet ? undefined : afterPicture(() => {
    box.current?.querySelector("textarea")?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }), []);
  return <div ref={box}>{children}</div>;
}

function Tile({ icon, label, on, press }: { icon: IconName; label: string; on: boolean; press: () => void }) {
  return <button class="tile" aria-pressed={on} onClick={press}><Icon name={icon} size={34} /><span>{label}</span></button>;
}

/** `longest`: pixels of the longer side, where less than usual is wanted. One photo after the other: a slow phone takes seconds. */
export function PhotoTile({ add, longest, working }: { add: (photo: ArrayBuffer) => void; longest?: number | undefined; working?: (is: boolean) => void }) {
  const { t } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"ready" | "working" | "failed">("ready");
  const take = (file: File | undefined): void => {
    if (!file) return;
    const over = (now: "ready" | "failed"): void => (setState(now), working?.(false));
    setState("working");
    working?.(true);
    shrink(file, longest).then((photo) => (add(photo), over("ready")), () => over("failed"));
  };
  return (
    <>
      <button class="tile" aria-busy={state === "working"} disabled={state === "working"} onClick={() => input.current?.click()}><Icon name="camera" size={34} /><span>{t("report.photo")}</span></button>
      <input ref={input} class="hidden" type="file" accept="image/*" capture="environment" aria-label={t("report.photo")} tabIndex={-1}
        onChange={(event) => (take(event.currentTarget.files?.[0]), (event.currentTarget.value = ""))} />
      {state === "failed" && <Note icon="camera" kind="warning">{t("report.photo_failed")}</Note>}
    </>
  );
}

export function PhotoStrip({ photos, drop }: { photos: readonly ArrayBuffer[]; drop: (photo: ArrayBuffer) => void }) {
  const { t } = useApp();
  if (!photos.length) return null;
  return (
    <div class="strip">
      {photos.map((photo, index) => (
        <figure key={index}>
          <Picture bytes={photo} mime="image/jpeg" label={t("case.photo")} />
          <button class="round" aria-label={t("report.remove_photo")} onClick={() => drop(photo)}><Icon name="cross" /></button>
        </figure>
      ))}
    </div>
  );
}

function PlaceTile({ finding, toggle }: { finding: Finding; toggle: () => void }) {
  const { t } = useApp();
  const words =
    finding.state === "found" ? t("report.place_found", { n: finding.place.accuracy })
    : finding.state === "finding" ? t("report.place_finding")
    : finding.state === "none" || finding.state === "refused" ? t("report.place_none") : t("report.place");
  return <Tile icon="pin" label={words} on={finding.state === "found"} press={toggle} />;
}

function HouseholdTile({ id, open }: { id: string | null; open: () => void }) {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => (id ? await storage.thing("household", id) : undefined), [id]);
  const name = live.state === "ready" && live.data ? headName(live.data) : t("report.household");
  const face = live.state === "ready" && live.data ? <Face household={live.data} /> : <Icon name="tent" size={34} />;
  return <button class="tile household" aria-pressed={id !== null} onClick={open}>{face}<span>{name}</span></button>;
}

function UrgentTile({ on, change }: { on: boolean; change: (urgent: boolean) => void }) {
  const { t } = useApp();
  if (on) return <button class="tile urgent" aria-pressed onClick={() => change(false)}><Icon name="urgent" size={34} /><span>{t("report.urgent_on")}</span></button>;
  return <HoldButton label={t("home.urgent_hold")} onHeld={() => change(true)}><Icon name="urgent" size={34} /><span>{t("report.urgent")}</span></HoldButton>;
}
