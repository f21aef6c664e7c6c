/** A fact nobody has told yet: whose it is, the picture of its heading, the fact, its value. Nothing to write but numbers. */
import { useState } from "preact/hooks";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Screen } from "../../ui/parts";
import { inOrder, toAsk } from "./adding";
import { familyOf, type Family } from "./catalogue";
import { CorrectSheet } from "./correct";
import { corrected, keyOf, type Corrected } from "./correcting";
import { headName, type Member } from "./household";
import { groupIcon } from "./pictures";
import { groups, type Group, type Item } from "./register";

export function AddFactScreen({ id }: { id: string }) {
  const { t, storage, now } = useApp();
  const live = useLive(storage, async () => {
    const family = await familyOf(storage, id);
    const known = family ? groups(family.household, now()).flatMap((group) => group.items) : [];
    return family && { family, told: corrected(family.household, known, await storage.commands(), await storage.receipts(), now()) };
  }, [id]);
  return (
    <Screen title={t("household.add_fact")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Asking {...live.data} /> : <Empty icon="tent" text={t("household.missing")} />)}
    </Screen>
  );
}

function Asking({ family, told }: { family: Family; told: ReadonlyMap<string, Corrected> }) {
  const { t, now } = useApp();
  const [member, setMember] = useState<Member | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const [open, setOpen] = useState<Item | null>(null);
  const all = toAsk(family, told, member, now());
  const group = all.find((one) => one.code === wanted) ?? all[0];
  return (
    <div class="page">
      <Whose family={family} member={member} choose={setMember} />
      {all.length > 0 && <Headings all={all} chosen={group?.code ?? ""} choose={setWanted} />}
      {group ? <Unknown group={group} open={setOpen} /> : <Empty icon="check" text={t("household.all_known")} />}
      {open && <CorrectSheet household={family.household.id} item={open} who={member?.name ?? ""} close={() => setOpen(null)} />}
    </div>
  );
}

function Whose({ family: { household }, member, choose }: { family: Family; member: Member | null; choose: (member: Member | null) => void }) {
  const { t } = useApp();
  return (
    <div class="strip" role="group" aria-label={t("household.whose")}>
      <button class="tile" aria-pressed={member === null} onClick={() => choose(null)}><Icon name="tent" size={30} /><span>{headName(household)}</span></button>
      {inOrder(household).map((one) => (
        <button key={one.id} class="tile" aria-pressed={member?.id === one.id} onClick={() => choose(one)}><Icon name="people" size={30} /><span>{one.name}</span></button>
      ))}
    </div>
  );
}

function Headings({ all, chosen, choose }: { all: readonly Group[]; chosen: string; choose: (code: string) => void }) {
  const { t, language } = useApp();
  return (
    <div class="tiles" role="group" aria-label={t("household.add_fact")}>
      {all.map(({ code, label, items }) => (
        <button key={code} class="tile" aria-pressed={code === chosen} onClick={() => choose(code)}>
          <Icon name={groupIcon(code)} size={34} /><span>{named(label, language)}</span><span class="quiet digits">{items.length}</span>
        </button>
      ))}
    </div>
  );
}

function Unknown({ group, open }: { group: Group; open: (item: Item) => void }) {
  const { t, language } = useApp();
  return (
    <ul class="list" aria-label={named(group.label, language)}>
      {group.items.map((item) => (
        <li key={keyOf(item)}>
          <button class="row" aria-haspopup="dialog" onClick={() => open(item)}>
            <span class="grow"><b>{named(item.label, language)}</b><span class="fact open"><Icon name="clock" size={20} />{t("household.unknown")}</span></span>
            <Icon name="plus" />
          </button>
        </li>
      ))}
    </ul>
  );
}
