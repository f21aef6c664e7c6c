/** What is known of a family, under headings; how old it is; one tap corrects it, one adds what nobody said yet. */
import { useState } from "preact/hooks";
import { day } from "../../i18n/time";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button } from "../../ui/parts";
import { go } from "../../ui/route";
import { Parts } from "../../ui/rows";
import { withTold } from "./adding";
import type { Family } from "./catalogue";
import { CorrectSheet } from "./correct";
import { asked, corrected, keyOf, worded, type Corrected } from "./correcting";
import { members } from "./household";
import { groupIcon } from "./pictures";
import { groups, type Group, type Item } from "./register";

export function Items({ family: { household, catalogue } }: { family: Family }) {
  const { t, storage, now } = useApp();
  const [open, setOpen] = useState<Item | null>(null);
  const known = groups(household, now());
  const live = useLive(storage, async () => corrected(household, known.flatMap((group) => group.items), await storage.commands(), await storage.receipts(), now()), [household]);
  const told = live.state === "ready" ? live.data : NOTHING;
  const names = new Map(members(household).map((member) => [member.id, member.name]));
  return (
    <>
      <AskAgain items={known.flatMap((group) => group.items)} names={names} told={told} open={setOpen} />
      <Parts first={1}>{withTold(known, told, catalogue).map((group) => <GroupList key={group.code} group={group} names={names} told={told} open={setOpen} />)}</Parts>
      {catalogue && <Button icon="plus" label={t("household.add_fact")} onClick={() => go(`fact/${household.id}`)} />}
      {open && <CorrectSheet household={household.id} item={open} who={names.get(open.member) ?? ""} close={() => setOpen(null)} />}
    </>
  );
}

const NOTHING: ReadonlyMap<string, Corrected> = new Map();

function GroupList({ group, names, told, open }: { group: Group; names: ReadonlyMap<string, string>; told: ReadonlyMap<string, Corrected>; open: (item: Item) => void }) {
  const { language } = useApp();
  return (
    <section class="register">
      <h2><Icon name={groupIcon(group.code)} />{named(group.label, language)}</h2>
      <ul class="list">
        {group.items.map((item) => <li key={keyOf(item)}><Row item={item} who={names.get(item.member) ?? ""} told={told.get(keyOf(item)) ?? null} open={open} /></li>)}
      </ul>
    </section>
  );
}

/** What was said too long ago stands first: whoever comes to ask need not look for it among sixty facts. */
function AskAgain({ items, ...rest }: { items: readonly Item[]; names: ReadonlyMap<string, string>; told: ReadonlyMap<string, Corrected>; open: (item: Item) => void }) {
  const { t } = useApp();
  const old = items.filter((item) => item.stale && asked(item));
  if (!old.length) return null;
  return (
    <section class="ask-again">
      <h2><Icon name="again" />{t("household.stale")} <span class="quiet digits">{old.length}</span></h2>
      <ul class="list">
        {old.map((item) => <li key={keyOf(item)}><Row item={item} who={rest.names.get(item.member) ?? ""} told={rest.told.get(keyOf(item)) ?? null} open={rest.open} /></li>)}
      </ul>
    </section>
  );
}

function Row({ item, who, told, open }: { item: Item; who: string; told: Corrected | null; open: (item: Item) => void }) {
  const { language } = useApp();
  const shown = told && !told.refused ? { ...item, value: told.value, asOf: told.asOf, stale: false } : item;
  const inside = (
    <>
      <span class="grow">
        <b>{named(item.label, language)}</b>
        {who && <span class="fact"><Icon name="people" size={20} />{who}</span>}
        {told ? <Standing told={told} /> : <Age item={shown} />}
      </span>
      <Value item={shown} />
    </>
  );
  if (!asked(item)) return <div class="row" data-say>{inside}</div>;
  return <button class="row" aria-haspopup="dialog" onClick={() => open(shown)}>{inside}</button>;
}

function Value({ item }: { item: Item }) {
  const { t, language } = useApp();
  if (typeof item.value === "boolean") {
    return <span class={item.value ? "value good" : "value"}><Icon name={item.value ? "check" : "cross"} size={24} />{t(item.value ? "tasks.yes" : "tasks.no")}</span>;
  }
  return <span class="value digits">{named(worded(item), language)}{item.unit ? ` ${named(item.unit, language)}` : ""}</span>;
}

function Age({ item: { asOf, stale } }: { item: Item }) {
  const { t, language } = useApp();
  return (
    <span class={stale ? "fact open" : "fact quiet"}>
      <Icon name={stale ? "again" : "clock"} size={20} />
      <span>{stale && <>{t("household.stale")} </>}<span class="digits">{day(language, asOf)}</span></span>
    </span>
  );
}

function Standing({ told }: { told: Corrected }) {
  const { t } = useApp();
  if (told.refused) return <span class="fact open"><Icon name="urgent" size={20} />{t("mark.refused")} {told.message}</span>;
  return <span class="fact good"><Icon name={told.sent ? "county" : "phone"} size={20} />{t(told.sent ? "mark.received" : "mark.phone")}</span>;
}
