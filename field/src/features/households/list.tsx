/** My households: found by picture, name, number or a member's name. Works without network. */
import { useMemo, useState } from "preact/hooks";
import { named } from "../../i18n/translate";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { Rows } from "../../ui/rows";
import { SearchField } from "../search/field";
import { Face } from "./face";
import { campNow, headName, members, search, sorted } from "./household";

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
  const found = useMemo(() => sorted(search(households, query), language), [households, query, language]);
  return (
    <>
      <SearchField label={t("household.search")} query={query} change={setQuery} />
      {!query && <Button icon="map" label={t("map.title")} onClick={() => go("map")} />}
      {!found.length && <Empty icon="search" text={t("household.none_found")} />}
      <Rows of={found} name={(household) => household.id} kind="list section" row={(household) => <HouseholdRow household={household} />} />
    </>
  );
}

export function HouseholdRow({ household }: { household: Thing }) {
  const { t, language } = useApp();
  const place = named(campNow(household)?.name ?? household.data["area"], language);
  return (
    <button class="row" onClick={() => go(`household/${household.id}`)}>
      <Face household={household} />
      <span class="grow"><b>{headName(household)}</b>{place && <span class="quiet">{place}</span>}<span class="quiet digits">{String(household.data["number"] ?? "")}</span></span>
      <span class="quiet">{t("household.people", { n: members(household).length })}</span>
    </button>
  );
}
