/** Before the picture: which paper, whose, which side. Big pictures; every one speaks. */
import type { ComponentChildren } from "preact";
import { named } from "../../i18n/translate";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Empty } from "../../ui/parts";
import { members } from "../households/household";
import type { Camera } from "./cameras";
import { SideDrawing } from "./drawing";

export function Kinds({ all, choose }: { all: readonly Camera[]; choose: (camera: Camera) => void }) {
  const { language } = useApp();
  return <ul class="list">{all.map((camera) => (
    <li key={camera.code}><button class="row paper-kind" onClick={() => choose(camera)}>
      <SideDrawing boxes={camera.sides.find((side) => side.length) ?? []} />
      <b class="grow">{named(camera.label, language)}</b><Icon name="next" />
    </button></li>
  ))}</ul>;
}

export function Whose({ household, choose }: { household: Thing; choose: (member: string) => void }) {
  const { t, language } = useApp();
  const all = members(household);
  if (!all.length) return <Empty icon="people" text={t("papers.nobody")} />;
  return <ul class="list">{all.map((one) => (
    <li key={one.id}><button class="row" onClick={() => choose(one.id)}>
      <Icon name="people" size={34} /><span class="grow"><b>{one.name}</b><span class="fact quiet">{named(one.relation, language)}</span></span><Icon name="next" />
    </button></li>
  ))}</ul>;
}

export function Sides({ camera, choose }: { camera: Camera; choose: (side: number) => void }) {
  const { t } = useApp();
  return <div class="paper-sides">{camera.sides.map((boxes, index) => (
    <button key={index} class="tile" aria-label={t(boxes.length ? "papers.side_black" : "papers.side_plain")} onClick={() => choose(index)}><SideDrawing boxes={boxes} /></button>
  ))}</div>;
}

export function Step({ say, children }: { say: string; children: ComponentChildren }) {
  return <div class="page"><h2 data-say>{say}</h2>{children}</div>;
}
