/** Choosing which family a report is for: by the picture it chose, by name, spoken. Nearest first, then visited lately. */
import { useMemo } from "preact/hooks";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading } from "../../ui/parts";
import { Rows } from "../../ui/rows";
import { Face } from "../households/face";
import { campNow, headName } from "../households/household";
import { choices, lastVisits, type Near } from "./nearest";
import type { Place } from "./place";

interface Props {
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
  readonly here: Place | null;
}

export function FamilyPicker({ chosen, choose, here }: Props) {
  const { t, storage, language } = useApp();
  const live = useLive(storage, async () => ({ households: await storage.things("household"), visited: await lastVisits(storage) }), [storage]);
  const data = live.state === "ready" ? live.data : null;
  const found = useMemo(() => data && choices(data.households, here, data.visited, language), [data, here, language]);
  if (live.state === "failed") return <Failed retry={live.retry} />;
  if (!found || !data) return <Loading />;
  if (!data.households.length) return <Empty icon="tent" text={t("household.empty")} />;
  const group = (title: string, rows: readonly Near[]) => rows.length > 0 && (
    <section>
      <h2>{title}</h2>
      <Rows of={rows} name={(row) => row.household.id} kind="families" label={title} row={(row) => <Family {...row} on={chosen === row.household.id} press={() => choose(row.household.id)} />} />
    </section>
  );
  return (
    <div class="picker">
      {chosen !== null && <button class="row" onClick={() => choose(null)}><Icon name="cross" /><span class="grow">{t("report.no_household")}</span></button>}
      {group(t("household.near"), found.near)}
      {group(t("household.lately"), found.lately)}
      {group(t("household.all"), found.rest)}
    </div>
  );
}

function Family({ household, metres, on, press }: Near & { on: boolean; press: () => void }) {
  const { t, language } = useApp();
  const place = named(campNow(household)?.name ?? household.data["area"], language);
  const far = metres === null ? "" : metres < 1000 ? t("household.metres", { n: Math.round(metres / 50) * 50 }) : t("household.kilometres", { n: Math.round(metres / 1000) });
  return (
    <button class="family" aria-pressed={on} onClick={press}>
      <Face household={household} big />
      <b>{headName(household)}</b>
      <span class="quiet">{far || place}</span>
    </button>
  );
}
