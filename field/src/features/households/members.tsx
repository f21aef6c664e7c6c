/** Who belongs to the family; whoever speaks for it stands first and can be called with one tap. */
import { named } from "../../i18n/translate";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { members, type Member } from "./household";

export function Members({ household }: { household: Thing }) {
  const { t } = useApp();
  const list = members(household);
  if (!list.length) return null;
  const first = [...list.filter((member) => member.speaks), ...list.filter((member) => !member.speaks)];
  return (
    <section>
      <h2>{t("household.members")} <span class="quiet digits">{list.length}</span></h2>
      <ul class="list plain">{first.map((member, index) => <li key={index} class="row"><Row member={member} /></li>)}</ul>
    </section>
  );
}

function Row({ member }: { member: Member }) {
  const { t, language } = useApp();
  return (
    <>
      <Icon name={member.speaks ? "answer" : "people"} size={26} />
      <span class="grow" data-say>
        <span>{member.name}</span>
        {member.speaks && <span class="speaks">{t("household.speaks")}</span>}
        <span class="quiet">{named(member.relation, language)} <span class="digits">{member.born.slice(0, 4)}</span></span>
      </span>
      {member.phone && <a class="round filled" href={`tel:${member.phone}`} aria-label={`${t("household.call", { name: member.name })} ${member.phone}`}><Icon name="call" /></a>}
    </>
  );
}
