/** What was reported for a family, newest first, with its marks. */
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Rows } from "../../ui/rows";
import { CaseRow } from "../cases/row";
import { reports } from "../cases/reports";

export function History({ household }: { household: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => (await reports(storage)).filter((report) => report.household === household), [household]);
  if (live.state !== "ready" || !live.data.length) return null;
  return (
    <section>
      <h2>{t("household.history")} <span class="quiet digits">{live.data.length}</span></h2>
      <Rows of={live.data} name={(report) => report.id} row={(report) => <CaseRow report={report} household="" />} />
    </section>
  );
}
