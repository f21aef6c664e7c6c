/** Where things are: camps of my families and places around, how far and which way. Works with no network and no tiles. */
import { useState } from "preact/hooks";
import { afterPicture } from "../../ui/after-picture";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { Rows } from "../../ui/rows";
import { usePlace, type Finding } from "../report/place";
import type { Spot } from "./geo";
import { Paper } from "./paper";
import { points, seenFrom, type MapPoint } from "./points";
import { PointRow } from "./row";
import { around, zoomed, type View } from "./view";

export function MapScreen({ point }: { point: string | null }) {
  const { t, storage, phone } = useApp();
  const live = useLive(storage, () => storage.things("household"), [storage]);
  return (
    <Screen title={t("map.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <Ground all={points(live.data, phone.pack?.places ?? [])} wanted={point} />}
    </Screen>
  );
}

function Ground({ all, wanted }: { all: readonly MapPoint[]; wanted: string | null }) {
  const { t } = useApp();
  const { finding, toggle } = usePlace();
  const [view, setView] = useState<View | null>(null);
  const [chosen, setChosen] = useState<string | null>(wanted);
  if (!all.length) return <Empty icon="pin" text={t("map.empty")} />;
  const me = finding.state === "found" ? { at: [finding.place.lat, finding.place.lon] as Spot, accuracy: finding.place.accuracy } : null;
  const seen = seenFrom(all, me?.at ?? null);
  const target = all.find((point) => point.id === wanted);
  const shown = view ?? (target ? around(me ? [me.at, target.at] : [target.at]) : first(seen, me?.at ?? null));
  // The row answers the finger at once; the map, with all its names, is drawn after that.
  const moveTo = (next: View): void => void afterPicture(() => setView(next));
  const choose = (id: string): void => {
    setChosen(id);
    const to = all.find((point) => point.id === id)?.at;
    if (to) moveTo(me ? around([me.at, to]) : { ...shown, middle: to });
  };
  return (
    <div class="page map">
      <div>
        <Paper points={seen} me={me} chosen={chosen} view={shown} change={setView} choose={choose} />
        <div class="zoom">
          <button class="round filled" aria-label={t("map.zoom_in")} onClick={() => moveTo(zoomed(shown, 1.6))}><Icon name="plus" /></button>
          <button class="round filled" aria-label={t("map.zoom_out")} onClick={() => moveTo(zoomed(shown, 1 / 1.6))}><Icon name="minus" /></button>
          <button class="round filled" aria-label={t("map.me")} onClick={() => (me ? moveTo({ ...shown, middle: me.at }) : toggle())}><Icon name="target" /></button>
        </div>
      </div>
      <Whereabouts finding={finding} />
      <Rows of={seen} name={(point) => point.id} label={t("map.near")} row={(point) => <PointRow point={point} chosen={point.id === chosen} choose={() => choose(point.id)} />} />
    </div>
  );
}

/** The nearest few and me; the whole county would show nothing of the valley. */
function first(seen: readonly MapPoint[], me: Spot | null): View {
  const near = (me ? seen.slice(0, 6) : seen).map((point) => point.at);
  return around(me ? [me, ...near] : near);
}

function Whereabouts({ finding }: { finding: Finding }) {
  const { t } = useApp();
  if (finding.state === "finding") return <p class="quiet" role="status">{t("report.place_finding")}</p>;
  if (finding.state === "found") return <p class="quiet" role="status">{t("report.place_found", { n: finding.place.accuracy })}</p>;
  return <Note icon="pin" kind="warning">{t("map.no_place")}</Note>;
}
