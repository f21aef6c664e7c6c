/** Where the family camps, and "moved here today" in one tap. */
import { useMemo, useState } from "preact/hooks";
import { day } from "../../i18n/time";
import { isKey, named } from "../../i18n/translate";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Note } from "../../ui/parts";
import { go } from "../../ui/route";
import { CampFacts } from "./camp-facts";
import type { Season } from "./camping";
import { campNow, camps, type Camp } from "./household";
import { SEASON_ICONS } from "./seasons";
import { lastTold, move, type Told } from "./moving";

export function Camps({ household }: { household: Thing }) {
  const { t, storage, sender, now } = useApp();
  const [failed, setFailed] = useState(false);
  const live = useLive(storage, async () => lastTold(household, await storage.commands(), await storage.receipts(), now()), [household]);
  const told = live.state === "ready" ? live.data : null;
  const list = useMemo(() => camps(household), [household]);
  const here = told && !told.refused ? told.camp : (campNow(household)?.id ?? null);
  const tell = async (to: string | null): Promise<void> => {
    try {
      await storage.append(move(household.id, to, now()), []);
      setFailed(false);
      void sender.kick();
    } catch {
      setFailed(true);
    }
  };
  return (
    <section class="camps">
      <h2><Icon name="tent" />{t("household.camp")}</h2>
      <Elsewhere household={household} known={list} />
      <ul class="list">{list.map((camp) => <li key={camp.id}><Row household={household.id} camp={camp} here={camp.id === here} since={told ? null : (campNow(household)?.since ?? null)} tell={tell} /></li>)}</ul>
      {told && told.season && !told.refused && !list.some((camp) => camp.id === told.camp) && <NewCamp household={household.id} told={told} />}
      <Button icon="plus" label={t("household.camp_here")} onClick={() => go(`camp/${household.id}`)} />
      {here && <Button icon="back" label={t("household.left")} onClick={() => void tell(null)} />}
      {told && <Saved told={told} />}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
    </section>
  );
}

function Row({ household, camp, here, since, tell }: { household: string; camp: Camp; here: boolean; since: string | null; tell: (to: string) => Promise<void> }) {
  const { t, language } = useApp();
  return (
    <div class={here ? "row camp here" : "row camp"}>
      <span class="grow">
        <b data-say>{named(camp.name, language)}</b>
        <SeasonWord season={camp.season} />
        {here && <span class="speaks" data-say><Icon name="check" size={20} />{t("household.here")}{since && <span class="digits">{day(language, since)}</span>}</span>}
        <CampFacts household={household} camp={camp} />
      </span>
      {!here && <button class="button primary small" onClick={() => void tell(camp.id)}>{t("household.move_today")}</button>}
    </div>
  );
}

function SeasonWord({ season }: { season: string }) {
  const { t } = useApp();
  const name = `season.${season}`;
  return isKey(name) ? <span class="fact quiet" data-say><Icon name={SEASON_ICONS[season as Season]} size={22} />{t(name)}</span> : null;
}

/** Told here, not yet known at the county. */
function NewCamp({ household, told }: { household: string; told: Told }) {
  const { t } = useApp();
  const camp = useMemo(() => told.camp && { id: told.camp, name: {}, has: [] }, [told.camp]);
  return (
    <div class="row camp here">
      <span class="grow">
        <b data-say>{t("household.camp_new")}</b><SeasonWord season={told.season} />
        <span class="speaks" data-say><Icon name="check" size={20} />{t("household.here")}</span>
        {camp && <CampFacts household={household} camp={camp} />}
      </span>
    </div>
  );
}

/** A valley named only by its village, or a camp another family declared. */
function Elsewhere({ household, known }: { household: Thing; known: readonly Camp[] }) {
  const { t, language } = useApp();
  const now = campNow(household);
  if (!now || known.some((camp) => camp.id === now.id)) return null;
  return <p class="speaks" data-say><Icon name="check" size={20} />{t("household.here")} {named(now.name, language)}</p>;
}

function Saved({ told }: { told: Told }) {
  const { t } = useApp();
  if (told.refused) return <Note icon="urgent" kind="error"><b>{t("mark.refused")}</b><p>{told.message}</p></Note>;
  return <Note icon={told.sent ? "county" : "phone"} kind="info"><b>{t("household.moved_saved")}</b><p>{t(told.sent ? "mark.received" : "mark.phone")}</p></Note>;
}
