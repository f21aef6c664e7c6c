/** One family: how to reach it, where it is, who belongs to it, what became of its cases. All of it without network. */
import { languageOf, named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { Parts } from "../../ui/rows";
import { Lives } from "../lives/told";
import { Camps } from "./camps";
import { familyOf, type Family } from "./catalogue";
import { headName } from "./household";
import { History } from "./history";
import { Items } from "./items";
import { Members } from "./members";
import { Needs } from "./needs";
import { Papers } from "./papers";
import { Portrait } from "./portrait";

export function HouseholdScreen({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => familyOf(storage, id), [id]);
  const title = live.state === "ready" && live.data ? headName(live.data.household) : t("household.title");
  return (
    <Screen title={title} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Household family={live.data} /> : <Gone id={id} />)}
    </Screen>
  );
}

/** Handed over, or not here yet: what was reported for it from this phone stays in sight. */
function Gone({ id }: { id: string }) {
  const { t } = useApp();
  return <div class="page"><Empty icon="tent" text={t("household.missing")} /><History household={id} /></div>;
}

function Household({ family }: { family: Family }) {
  const { t, language } = useApp();
  const { household } = family;
  const { number, area, phone } = household.data;
  const spoken = languageOf(String(household.data["language"] ?? ""));
  const words = { bo: t("language.bo"), "zh-Hans": t("language.zh"), en: t("language.en") };
  return (
    <div class="page">
      <Parts>
        <div class="beside">
          <Portrait household={household} />
          <dl class="facts">
            <Fact icon="text" name={t("household.number")} value={String(number ?? "")} />
            <Fact icon="pin" name={t("household.area")} value={named(area, language)} />
            <Fact icon="language" name={t("household.language")} value={spoken ? words[spoken] : ""} />
          </dl>
        </div>
        {typeof phone === "string" && phone && <Call number={phone} name={headName(household)} />}
        <Button icon="file" label={t("forms.household")} onClick={() => go(`forms/of/${household.id}`)} />
        <Camps household={household} />
        <Members household={household} />
        <Lives household={household} />
        <Needs household={household} />
        <Items family={family} />
        <Papers family={family} />
        <History household={household.id} />
      </Parts>
      <footer class="dock single"><Button kind="primary" icon="mic" label={t("household.report")} onClick={() => go(`report?household=${household.id}`)} /></footer>
    </div>
  );
}

/** One tap dials. */
export function Call({ number, name }: { number: string; name: string }) {
  const { t } = useApp();
  return <a class="button plain" href={`tel:${number}`} aria-label={`${t("household.call", { name })} ${number}`}><Icon name="call" /><span class="digits">{number}</span></a>;
}

function Fact({ icon, name, value }: { icon: IconName; name: string; value: string }) {
  if (!value) return null;
  return <div data-say><dt><Icon name={icon} size={22} />{name}</dt><dd class="digits">{value}</dd></div>;
}
