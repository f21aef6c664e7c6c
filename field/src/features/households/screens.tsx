/** My households: the list, and one family. Both work without network. */
import { useState } from "preact/hooks";
import { languageOf, named } from "../../i18n/translate";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { headName, members, search, sorted } from "./household";

export function HouseholdsScreen() {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.things("household"), [storage]);
  return (
    <Screen title={t("household.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data.length ? <List households={live.data} /> : <Empty icon="tent" text={t("household.empty")} />)}
    </Screen>
  );
}

function List({ households }: { households: readonly Thing[] }) {
  const { t, language } = useApp();
  const [query, setQuery] = useState("");
  const found = sorted(search(households, query), language);
  return (
    <>
      <label class="field search"><Icon name="search" /><input type="search" value={query} aria-label={t("household.search")} placeholder={t("household.search")} onInput={(event) => setQuery(event.currentTarget.value)} /></label>
      {!found.length && <Empty icon="search" text={t("household.none_found")} />}
      <ul class="list">
        {found.map((household) => (
          <li key={household.id}>
            <button class="row" onClick={() => go(`household/${household.id}`)}>
              <span class="badge"><Icon name="tent" /></span>
              <span class="grow"><b>{headName(household)}</b><span class="quiet">{named(household.data["camp"] ?? household.data["area"], language)}</span></span>
              <span class="quiet">{t("household.people", { n: members(household).length })}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

export function HouseholdScreen({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.thing("household", id), [id]);
  const title = live.state === "ready" && live.data ? headName(live.data) : t("household.title");
  return (
    <Screen title={title} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Household household={live.data} /> : <Empty icon="tent" text={t("household.missing")} />)}
    </Screen>
  );
}

function Household({ household }: { household: Thing }) {
  const { t, language } = useApp();
  const { number, area, camp, phone } = household.data;
  const spoken = languageOf(String(household.data["language"] ?? ""));
  const words = { bo: t("language.bo"), "zh-Hans": t("language.zh"), en: t("language.en") };
  return (
    <div class="page">
      <p class="quiet digits">{String(number ?? "")}</p>
      <dl class="facts">
        <Fact icon="tent" name={t("household.camp")} value={named(camp, language)} />
        <Fact icon="pin" name={t("household.area")} value={named(area, language)} />
        <Fact icon="language" name={t("household.language")} value={spoken ? words[spoken] : ""} />
      </dl>
      {typeof phone === "string" && phone && <a class="button plain" href={`tel:${phone}`}><Icon name="call" /><span class="digits">{phone}</span></a>}
      <Members household={household} />
      <footer class="dock single"><Button kind="primary" icon="mic" label={t("household.report")} onClick={() => go(`report?household=${household.id}`)} /></footer>
    </div>
  );
}

function Fact({ icon, name, value }: { icon: IconName; name: string; value: string }) {
  if (!value) return null;
  return <div data-say><dt><Icon name={icon} size={22} />{name}</dt><dd>{value}</dd></div>;
}

function Members({ household }: { household: Thing }) {
  const { t, language } = useApp();
  const list = members(household);
  if (!list.length) return null;
  return (
    <section>
      <h2>{t("household.members")} <span class="quiet digits">{list.length}</span></h2>
      <ul class="list plain">
        {list.map((member, index) => (
          <li key={index} class="row"><Icon name="people" size={22} /><span class="grow">{member.name}</span><span class="quiet">{named(member.relation, language)} <span class="digits">{member.born.slice(0, 4)}</span></span></li>
        ))}
      </ul>
    </section>
  );
}
