/** Opening a service: what it needs, for which family, which papers are at hand; then one big button. */
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { replace } from "../../ui/route";
import { Rows } from "../../ui/rows";
import { Face } from "../households/face";
import { headName } from "../households/household";
import { offers, openDraft, type Offer } from "./services";

export function OpenScreen({ code }: { code: string }) {
  const { t, storage, language } = useApp();
  const live = useLive(storage, async () => (await offers(storage, language)).find((one) => one.code === code) ?? null, [code, language]);
  return (
    <Screen title={t("services.new")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Form offer={live.data} /> : <Empty icon="search" text={t("services.missing")} />)}
    </Screen>
  );
}

function Form({ offer }: { offer: Offer }) {
  const { t, storage, sender, now } = useApp();
  const [family, setFamily] = useState<string | null>(null);
  const [ready, setReady] = useState<readonly number[]>([]);
  const [failed, setFailed] = useState(false);
  const families = useLive(storage, () => storage.things("household"), [storage]);
  const save = (): void => {
    if (!family) return;
    const draft = openDraft(offer.code, family, ready, now());
    storage.append(draft, []).then(() => {
      void sender.kick();
      replace(`services/one/${draft.id}`);
    }, () => setFailed(true));
  };
  const toggle = (place: number): void => setReady((held) => (held.includes(place) ? held.filter((one) => one !== place) : [...held, place]));
  return (
    <div class="page">
      <h2 data-say>{offer.name}</h2>
      <p class="quiet" data-say>{offer.counter ? t("services.in_person_hint") : offer.home ? t("services.stays_home") : offer.at}</p>
      {offer.at && <p class="quiet" data-say><Icon name="pin" size={22} /> {offer.at} <span class="digits">{offer.hours.join(" ")}</span></p>}
      <h2 class="section">{t("services.papers_ready")}</h2>
      <ul class="list">{offer.papers.map((name, place) => (
        <li key={place}><button class="row" aria-pressed={ready.includes(place)} onClick={() => toggle(place)}><span class="badge"><Icon name={ready.includes(place) ? "check" : "minus"} /></span><span class="grow">{name}</span><span class="quiet">{t(ready.includes(place) ? "paper.ready" : "paper.needed")}</span></button></li>
      ))}</ul>
      <h2 class="section">{t("tasks.family")}</h2>
      {families.state === "loading" && <Loading />}
      {families.state === "failed" && <Failed retry={families.retry} />}
      {families.state === "ready" && !families.data.length && <Empty icon="tent" text={t("services.no_family")} />}
      {families.state === "ready" && <Rows of={families.data} name={(one) => one.id} label={t("tasks.family")} row={(one) => (
        <button class="row" aria-pressed={family === one.id} onClick={() => setFamily(one.id)}><Face household={one} /><span class="grow">{headName(one)}</span>{family === one.id && <Icon name="check" />}</button>
      )} />}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
      <footer class="dock single"><Button kind="primary" icon="check" label={t("services.open_it")} disabled={!family} onClick={save} /></footer>
    </div>
  );
}
