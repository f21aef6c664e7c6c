/** My reports, newest first, each with its mark. */
import { ago, duration } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { hazardIcon, Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading } from "../../ui/parts";
import { go } from "../../ui/route";
import { headName } from "../households/household";
import { Marks } from "./marks";
import { reports, type Report } from "./reports";

export function ReportList() {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => ({ list: await reports(storage), names: await names() }), [storage]);
  async function names(): Promise<Map<string, string>> {
    return new Map((await storage.things("household")).map((household) => [household.id, headName(household)]));
  }
  if (live.state === "loading") return <Loading />;
  if (live.state === "failed") return <Failed retry={live.retry} />;
  const { list, names: known } = live.data;
  if (!list.length) return <Empty icon="mic" text={t("home.empty")} />;
  return (
    <ul class="list" aria-label={t("home.mine")}>
      {list.map((report) => <li key={report.id}><Row report={report} household={known.get(report.household ?? "") ?? ""} /></li>)}
    </ul>
  );
}

function Row({ report, household }: { report: Report; household: string }) {
  const { language, now } = useApp();
  const { thing, voice, text, urgent } = report;
  return (
    <button class={urgent ? "row card urgent" : "row card"} onClick={() => go(`case/${report.id}`)}>
      <span class="badge"><Icon name={iconOf(report)} /></span>
      <span class="grow">
        <b>{household || text || (voice ? <span class="digits">{duration(voice.seconds)}</span> : "") || String(thing?.data["number"] ?? "")}</b>
        {household && text && <span class="snippet">{text}</span>}
        <span class="quiet">{ago(language, report.at, now())}</span>
        <Marks mark={report.mark} />
      </span>
    </button>
  );
}

export function iconOf(report: Report): IconName {
  if (report.hazard) return hazardIcon(report.hazard);
  if (report.urgent) return "urgent";
  if (report.voice) return "sound";
  return report.photos.length ? "camera" : "text";
}
