/** My reports, newest first, each with its mark. */
import type { Storage } from "../../store/storage";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading } from "../../ui/parts";
import { Rows } from "../../ui/rows";
import { headName } from "../households/household";
import { reports, type Report } from "./reports";
import { CaseRow } from "./row";

export function ReportList() {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => ({ list: await reports(storage), names: await householdNames(storage) }), [storage]);
  if (live.state === "loading") return <Loading />;
  if (live.state === "failed") return <Failed retry={live.retry} />;
  const { list, names } = live.data;
  if (!list.length) return <Empty icon="mic" text={t("home.empty")} />;
  return <CaseRows list={list} names={names} label={t("home.mine")} first={3} />;
}

export function CaseRows({ list, names, label, first }: { list: readonly Report[]; names: ReadonlyMap<string, string>; label: string; first?: number | undefined }) {
  return <Rows of={list} first={first} name={(report) => report.id} label={label} row={(report) => <CaseRow report={report} household={names.get(report.household ?? "") ?? ""} />} />;
}

export async function householdNames(storage: Storage): Promise<Map<string, string>> {
  return new Map((await storage.things("household")).map((household) => [household.id, headName(household)]));
}
