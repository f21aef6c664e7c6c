/** All cases this phone holds: looked up by words, number or household. */
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Screen } from "../../ui/parts";
import { SearchField } from "../search/field";
import { finder } from "../search/match";
import { CaseRows, householdNames } from "./list";
import { reports, type Report } from "./reports";

export function CasesScreen() {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => ({ list: await reports(storage), names: await householdNames(storage) }), [storage]);
  return (
    <Screen title={t("cases.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data.list.length ? <Searched {...live.data} /> : <Empty icon="answer" text={t("cases.empty")} />)}
    </Screen>
  );
}

function Searched({ list, names }: { list: readonly Report[]; names: ReadonlyMap<string, string> }) {
  const { t } = useApp();
  const [query, setQuery] = useState("");
  const found = casesFound(list, names, query);
  return (
    <>
      <SearchField label={t("cases.search")} query={query} change={setQuery} />
      {!found.length && <Empty icon="search" text={t("household.none_found")} />}
      <CaseRows list={found} names={names} label={t("cases.title")} />
    </>
  );
}

export function casesFound(list: readonly Report[], names: ReadonlyMap<string, string>, query: string): readonly Report[] {
  const found = finder(query);
  if (!found) return list;
  return list.filter((report) => found([report.text, String(report.thing?.data["number"] ?? ""), names.get(report.household ?? "") ?? ""]));
}
