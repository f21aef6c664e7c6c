/** One place to look for anything this phone holds: families, cases, places. */
import { useState } from "preact/hooks";
import { named } from "../../i18n/translate";
import type { KnownPlace, Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { casesFound } from "../cases/all";
import { CaseRows, householdNames } from "../cases/list";
import { reports, type Report } from "../cases/reports";
import { search, sorted } from "../households/household";
import { HouseholdRow } from "../households/list";
import { SearchField } from "./field";
import { finder } from "./match";

interface Held {
  readonly households: readonly Thing[];
  readonly cases: readonly Report[];
  readonly names: ReadonlyMap<string, string>;
}

export function SearchScreen() {
  const { t, storage } = useApp();
  const [query, setQuery] = useState("");
  const live = useLive<Held>(storage, async () => ({
    households: await storage.things("household"), cases: await reports(storage), names: await householdNames(storage),
  }), [storage]);
  return (
    <Screen title={t("search.title")} back>
      <SearchField label={t("search.hint")} query={query} change={setQuery} />
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && finder(query) && <Results held={live.data} query={query} />}
      {live.state === "ready" && !finder(query) && <Empty icon="search" text={t("search.hint")} />}
    </Screen>
  );
}

function Results({ held, query }: { held: Held; query: string }) {
  const { t, language, phone } = useApp();
  const households = sorted(search(held.households, query), language);
  const cases = casesFound(held.cases, held.names, query);
  const places = placesFound(phone.pack?.places ?? [], query);
  if (!households.length && !cases.length && !places.length) return <Empty icon="search" text={t("household.none_found")} />;
  return (
    <>
      {households.length > 0 && <section><h2 class="section">{t("household.title")}</h2><ul class="list">{households.map((one) => <li key={one.id}><HouseholdRow household={one} /></li>)}</ul></section>}
      {places.length > 0 && <section><h2 class="section">{t("search.places")}</h2><ul class="list">{places.map((one) => <li key={one.code}><button class="row" onClick={() => go(`map/${one.code}`)}><Icon name="county" /><span class="grow">{named(one, language)}</span></button></li>)}</ul></section>}
      {cases.length > 0 && <section><h2 class="section">{t("cases.title")}</h2><CaseRows list={cases} names={held.names} label={t("cases.title")} /></section>}
    </>
  );
}

function placesFound(places: readonly KnownPlace[], query: string): KnownPlace[] {
  const found = finder(query);
  return places.filter((place) => found?.((["zh", "bo", "en"] as const).map((code) => String((place as unknown as Record<string, unknown>)[code] ?? ""))));
}
