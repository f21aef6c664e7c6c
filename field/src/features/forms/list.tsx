/** Forms on this phone: those not finished, those that can be filled in, and what became of those sent. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ago } from "../../i18n/time";
import { named } from "../../i18n/translate";
import type { Storage } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { Rows } from "../../ui/rows";
import { Marks } from "../cases/marks";
import { headName } from "../households/household";
import { begin } from "./begin";
import { drafts, type Draft } from "./draft";
import { offered, type Offered } from "./kept";
import { sent, type Sent } from "./submit";

const PICTURES: readonly (readonly [RegExp, IconName])[] = [
  [/herd|livestock/, "animals"], [/visit/, "answer"], [/institution|town_check/, "institution"], [/mobile|member/, "people"], [/town/, "home"], [/household/, "tent"],
];

export const formIcon = (code: string): IconName => PICTURES.find(([words]) => words.test(code))?.[1] ?? "file";

interface Held {
  readonly offers: readonly Offered[];
  readonly begun: readonly Draft[];
  readonly done: readonly Sent[];
  readonly names: ReadonlyMap<string, string>;
}

async function read(storage: Storage): Promise<Held> {
  const [rows, begun, families] = await Promise.all([storage.things("form"), drafts(storage), storage.things("household")]);
  const offers = offered(rows);
  const done = await sent(storage, new Map(offers.map((one) => [one.form, one.title])));
  return { offers, begun, done, names: new Map(families.map((one) => [one.id, headName(one)])) };
}

/** `household`: only what is about this family; empty: everything. */
export function FormsScreen({ household }: { household: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => read(storage), [storage]);
  const name = (live.state === "ready" && live.data.names.get(household)) || t("forms.title");
  return (
    <Screen title={household ? name : t("forms.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <div class="page"><All held={household ? of(live.data, household) : live.data} household={household} /></div>}
    </Screen>
  );
}

function of({ offers, begun, done, names }: Held, household: string): Held {
  const mine = (one: { household: string }): boolean => one.household === household;
  return { offers: offers.filter(({ about }) => ["household", "member", "camp"].includes(about)), begun: begun.filter(mine), done: done.filter(mine), names };
}

function All({ held: { offers, begun, done, names }, household }: { held: Held; household: string }) {
  const { t, language } = useApp();
  if (!offers.length && !begun.length && !done.length) return <Empty icon="file" text={t("forms.empty")} />;
  return (
    <>
      {begun.length > 0 && <section><h2 class="section">{t("forms.drafts")}</h2><Rows of={begun} name={(one) => one.id} row={(one) => <Begun draft={one} />} /></section>}
      {offers.length > 0 && (
        <section><h2 class="section">{t("forms.new")}</h2>
          <Rows of={offers} first={8} name={(one) => one.form} row={({ form, title }) => (
            <button class="row" onClick={() => begin(form, household)}><span class="badge"><Icon name={formIcon(form)} /></span><span class="grow"><b>{named(title, language)}</b></span><Icon name="next" /></button>
          )} />
        </section>
      )}
      {done.length > 0 && <section><h2 class="section">{t("forms.sent")}</h2><Rows of={done} name={(one) => one.id} row={(one) => <Done one={one} name={names.get(one.household) ?? ""} />} /></section>}
    </>
  );
}

function Begun({ draft }: { draft: Draft }) {
  const { t, language, storage, now } = useApp();
  const title = named(draft.title, language);
  const [asked, setAsked] = useState(false);
  return (
    <div class="instance">
      <button class="row" onClick={() => go(`forms/fill/${draft.id}`)}>
        <span class="badge"><Icon name="text" /></span>
        <span class="grow"><b>{title}</b><span class="quiet">{draft.name}</span><span class="quiet">{ago(language, draft.started, now())}</span></span><Icon name="next" />
      </button>
      <button class="round" aria-label={`${t("report.delete")} ${title}`} aria-haspopup="dialog" onClick={() => setAsked(true)}><Icon name="cross" /></button>
      {asked && <Throw title={title} name={draft.name} sure={() => void storage.dropDraft(draft.id)} close={() => setAsked(false)} />}
    </div>
  );
}

/** An hour's answers are not thrown away by a finger that slipped. */
function Throw({ title, name, sure, close }: { title: string; name: string; sure: () => void; close: () => void }) {
  const { t } = useApp();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="sheet" aria-label={t("forms.throw")} onClose={close}>
      <h2 data-say>{t("forms.throw")}</h2>
      <p data-say>{[title, name].filter(Boolean).join(" ")}</p>
      <Button icon="cross" kind="danger" label={t("report.delete")} onClick={sure} />
      <Button icon="back" label={t("app.back")} onClick={close} />
    </dialog>
  );
}

function Done({ one, name }: { one: Sent; name: string }) {
  const { language, now } = useApp();
  return (
    <div class="row" data-say>
      <span class="badge"><Icon name={formIcon(one.form)} /></span>
      <span class="grow"><b>{named(one.title, language)}</b>{name && <span class="quiet">{name}</span>}<span class="quiet">{ago(language, one.at, now())}</span><Marks mark={one.mark} steps={2} />{one.mark === "refused" && one.message && <span class="fact open">{one.message}</span>}</span>
    </div>
  );
}
