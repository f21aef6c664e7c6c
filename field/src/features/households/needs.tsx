/** What a family needs, and who brings it until when. */
import { day } from "../../i18n/time";
import { named } from "../../i18n/translate";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { members } from "./household";
import { needs, type Need } from "./register";

export function Needs({ household }: { household: Thing }) {
  const { t } = useApp();
  const all = needs(household);
  if (!all.length) return null;
  const names = new Map(members(household).map((member) => [member.id, member.name]));
  return (
    <section class="register">
      <h2><Icon name="need" />{t("household.needs")} <span class="quiet digits">{all.length}</span></h2>
      <ul class="list plain">{all.map((need) => <li key={need.id} class="row"><Row need={need} who={names.get(need.member) ?? ""} /></li>)}</ul>
    </section>
  );
}

function Row({ need: { label, since, plan }, who }: { need: Need; who: string }) {
  const { t, language } = useApp();
  return (
    <div class="grow" data-say>
      <b>{named(label, language)}</b>
      {who && <span class="fact"><Icon name="people" size={20} />{who}</span>}
      {since && <span class="fact quiet"><Icon name="clock" size={20} />{t("household.since", { date: day(language, since) })}</span>}
      {plan
        ? <span class="fact good"><Icon name="check" size={20} /><span>{plan.what} {plan.who}{plan.by && <> <span class="digits">{t("household.until", { date: day(language, plan.by) })}</span></>}</span></span>
        : <span class="fact open"><Icon name="clock" size={20} />{t("household.no_plan")}</span>}
    </div>
  );
}
