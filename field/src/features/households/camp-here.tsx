/** The family camps here, where no camp was known: the season by its picture, the place by the phone. Nothing to write. */
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { Trouble } from "../../ui/trouble";
import { usePlace, type Finding } from "../report/place";
import { campHere, SEASONS, seasonOf, type Season } from "./camping";
import { Face } from "./face";
import { headName } from "./household";
import { SEASON_ICONS } from "./seasons";

export function CampHereScreen({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.thing("household", id), [id]);
  return (
    <Screen title={t("household.camp_here")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && !live.data && <Empty icon="tent" text={t("household.missing")} />}
      {live.state === "ready" && live.data && (
        <div class="page">
          <div class="beside"><Face household={live.data} big /><b data-say>{headName(live.data)}</b></div>
          <Form household={id} />
        </div>
      )}
    </Screen>
  );
}

function Form({ household }: { household: string }) {
  const { t, storage, sender, now } = useApp();
  const [season, setSeason] = useState<Season>(() => seasonOf(now()));
  const [failed, setFailed] = useState(false);
  const { finding, toggle } = usePlace();
  const place = finding.state === "found" ? finding.place : null;
  const save = (): void => {
    if (!place) return;
    storage.append(campHere(household, place, season, now()), []).then(() => {
      void sender.kick();
      history.back();
    }, () => setFailed(true));
  };
  return (
    <>
      <div class="tiles seasons" role="group" aria-label={t("household.season")}>
        {SEASONS.map((one) => (
          <button key={one} class="tile" aria-pressed={one === season} onClick={() => setSeason(one)}><Icon name={SEASON_ICONS[one]} size={44} /><span>{t(`season.${one}`)}</span></button>
        ))}
      </div>
      <Where finding={finding} again={toggle} />
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
      <footer class="dock single"><Button kind="primary" icon="check" label={t("household.camp_save")} disabled={!place} onClick={save} /></footer>
    </>
  );
}

function Where({ finding, again }: { finding: Finding; again: () => void }) {
  const { t } = useApp();
  if (finding.state === "found") return <p class="fact good" role="status" data-say><Icon name="pin" size={26} />{t("report.place_found", { n: finding.place.accuracy })}</p>;
  if (finding.state === "finding") return <p class="fact" role="status" data-say><span class="spinner" aria-hidden="true" />{t("report.place_finding")}</p>;
  return <Trouble what={finding.state === "refused" ? "camp_refused" : "camp_place"}><Button icon="again" label={t("app.retry")} onClick={again} /></Trouble>;
}
