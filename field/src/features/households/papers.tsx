/** Which papers a family holds and which it lacks; the way to photograph one. Never a number, never a picture to look at. */
import { day } from "../../i18n/time";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button } from "../../ui/parts";
import { go } from "../../ui/route";
import { Retakes } from "../papers/retake";
import { SentPapers } from "../papers/sent";
import type { Family } from "./catalogue";
import { members } from "./household";
import { papers, type Paper } from "./register";

export function Papers({ family }: { family: Family }) {
  const { t, now } = useApp();
  const { household } = family;
  const all = papers(household);
  const names = new Map(members(household).map((member) => [member.id, member.name]));
  return (
    <section class="register">
      <h2><Icon name="file" />{t("household.papers")} <span class="quiet digits">{all.length}</span></h2>
      <Button icon="camera" label={t("papers.title")} onClick={() => go(`paper/${household.id}`)} />
      <Retakes household={household.id} />
      <SentPapers family={family} />
      <ul class="list plain">
        {all.map((paper) => <li key={paper.id} class="row"><Row paper={paper} who={names.get(paper.member) ?? ""} past={isPast(paper, now())} /></li>)}
      </ul>
    </section>
  );
}

export const isPast = ({ validTo }: Paper, now: Date): boolean => validTo !== "" && Date.parse(`${validTo}T23:59:59`) < now.getTime();

function Row({ paper: { label, held, validTo }, who, past }: { paper: Paper; who: string; past: boolean }) {
  const { t, language } = useApp();
  const good = held && !past;
  return (
    <div class="grow" data-say>
      <b>{named(label, language)}</b>
      {who && <span class="fact"><Icon name="people" size={20} />{who}</span>}
      <span class={good ? "fact good" : "fact open"}><Icon name={good ? "check" : held ? "clock" : "cross"} size={20} />{t(good ? "household.held" : held ? "household.expired" : "household.not_held")}</span>
      {held && validTo && <span class="fact quiet digits">{t("household.until", { date: day(language, validTo) })}</span>}
    </div>
  );
}
