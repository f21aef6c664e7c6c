/** Choosing which family a report is for. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading } from "../../ui/parts";
import { headName, sorted } from "./household";

export function HouseholdPicker({ chosen, choose }: { chosen: string | null; choose: (id: string | null) => void }) {
  const { t, storage, language } = useApp();
  const live = useLive(storage, () => storage.things("household"), [storage]);
  if (live.state === "loading") return <Loading />;
  if (live.state === "failed") return <Failed retry={live.retry} />;
  if (!live.data.length) return <Empty icon="tent" text={t("household.empty")} />;
  return (
    <ul class="list" aria-label={t("report.household")}>
      {sorted(live.data, language).map((household) => (
        <li key={household.id}>
          <button class="row" aria-pressed={chosen === household.id} onClick={() => choose(household.id)}>
            <Icon name="tent" /><span class="grow">{headName(household)}</span><span class="quiet digits">{String(household.data["number"] ?? "")}</span>
          </button>
        </li>
      ))}
      <li><button class="row" aria-pressed={chosen === null} onClick={() => choose(null)}><Icon name="cross" /><span class="grow">{t("report.no_household")}</span></button></li>
    </ul>
  );
}
