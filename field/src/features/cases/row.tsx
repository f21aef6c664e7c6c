/** One case in a list: what it is about, how old, and how far it has come. */
import { ago, duration } from "../../i18n/time";
import { useApp } from "../../ui/context";
import { hazardIcon, Icon, type IconName } from "../../ui/icons";
import { go } from "../../ui/route";
import { Marks } from "./marks";
import type { Report } from "./reports";

export function CaseRow({ report, household }: { report: Report; household: string }) {
  const { language, now } = useApp();
  const { thing, voices, text, urgent } = report;
  const voice = voices[0];
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
  if (report.voices.length) return "sound";
  return report.photos.length ? "camera" : "text";
}
