/** Beginning a form: for which family (person, camp); then what the register knows of it is already there. */
import { useEffect, useState } from "preact/hooks";
import { named, type Language } from "../../i18n/translate";
import type { Storage, Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { go, replace } from "../../ui/route";
import { Rows } from "../../ui/rows";
import { familyOf } from "../households/catalogue";
import { corrected } from "../households/correcting";
import { Face } from "../households/face";
import { camps, headName, members, sorted } from "../households/household";
import { groups } from "../households/register";
import type { Definition } from "./definition";
import { begun, keep, type Draft, type Subject } from "./draft";
import { TooNew } from "./fill";
import { offered, type KeptForms, type Offered } from "./kept";
import { ofInstitution, prefilled } from "./prefill";

interface Wanted {
  readonly offer: Offered;
  readonly form: Definition | "newer" | null;
}

/** `household`: the family (or the institution), or empty while none is chosen; `one`: a person or camp of it. */
export function BeginScreen({ code, household, one }: { code: string; household: string; one: string }) {
  const { t, language, storage, forms } = useApp();
  const live = useLive(storage, () => wantedOf(storage, forms, code), [code]);
  const title = (live.state === "ready" && live.data && named(live.data.offer.title, language)) || t("forms.title");
  return (
    <Screen title={title} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <div class="page"><Begin wanted={live.data} household={household} one={one} /></div>}
    </Screen>
  );
}

async function wantedOf(storage: Storage, forms: KeptForms, code: string): Promise<Wanted | null> {
  const offer = offered(await storage.things("form")).find((one) => one.form === code);
  return offer ? { offer, form: await forms.get(offer.sha256) } : null;
}

function Begin({ wanted, household, one }: { wanted: Wanted | null; household: string; one: string }) {
  const { t } = useApp();
  if (!wanted?.form) return <Empty icon="file" text={t("forms.coming")} />;
  if (wanted.form === "newer") return <TooNew />;
  const { about } = wanted.form;
  if (about === "none") return <Starting offer={wanted.offer} form={wanted.form} subject={null} household="" />;
  if (about === "institution") return household ? <Starting offer={wanted.offer} form={wanted.form} subject={{ kind: about, id: household }} household="" /> : <Institutions wanted={wanted.offer} form={wanted.form} />;
  if (!household) return <Families code={wanted.offer.form} />;
  if (about === "household") return <Starting offer={wanted.offer} form={wanted.form} subject={{ kind: "household", id: household }} household={household} />;
  if (one) return <Starting offer={wanted.offer} form={wanted.form} subject={{ kind: about as Subject["kind"], id: one }} household={household} />;
  return <Whose code={wanted.offer.form} about={about} household={household} />;
}

function Families({ code }: { code: string }) {
  const { t, language, storage } = useApp();
  const live = useLive(storage, () => storage.things("household"), [storage]);
  if (live.state === "loading") return <Loading />;
  if (live.state === "failed") return <Failed retry={live.retry} />;
  return (
    <>
      <h2 data-say>{t("tasks.family")}</h2>
      {!live.data.length && <Empty icon="tent" text={t("household.empty")} />}
      <Rows of={sorted(live.data, language)} name={(one) => one.id} label={t("tasks.family")} row={(one) => (
        <button class="row" onClick={() => replace(`forms/new/${code}/${one.id}`)}><Face household={one} /><span class="grow"><b>{headName(one)}</b></span></button>
      )} />
    </>
  );
}

/** A phone whose duty holds none names the place in words; the desk says later which it is. */
function Institutions({ wanted, form }: { wanted: Offered; form: Definition }) {
  const { language, storage } = useApp();
  const live = useLive(storage, () => storage.things("institution"), [storage]);
  if (live.state === "loading") return <Loading />;
  if (live.state === "failed") return <Failed retry={live.retry} />;
  if (!live.data.length) return <Starting offer={wanted} form={form} subject={null} household="" />;
  return <Rows of={live.data} name={(one) => one.id} row={(one) => <button class="row" onClick={() => replace(`forms/new/${wanted.form}/${one.id}`)}><span class="grow"><b>{named(one.data["name"], language)}</b><span class="quiet">{named(one.data["kind"], language)}</span></span></button>} />;
}

function Whose({ code, about, household }: { code: string; about: string; household: string }) {
  const { t, language, storage } = useApp();
  const live = useLive(storage, () => storage.thing("household", household), [household]);
  if (live.state !== "ready") return <Loading />;
  const all = live.data ? (about === "camp" ? camps(live.data).map((camp) => ({ id: camp.id, name: named(camp.name, language) })) : members(live.data)) : [];
  if (!all.length) return <Empty icon="people" text={t("forms.none")} />;
  return <Rows of={all} name={(one) => one.id} row={(one) => <button class="row" onClick={() => replace(`forms/new/${code}/${household}/${one.id}`)}><span class="grow"><b>{one.name}</b></span></button>} />;
}

/** Makes the draft and goes on in it; the address then names the draft, so "back" never begins a second one. */
function Starting({ offer, form, subject, household }: { offer: Offered; form: Definition; subject: Subject | null; household: string }) {
  const { t, storage, now, language } = useApp();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    start(storage, offer, form, subject, household, now(), language).then((draft) => replace(`forms/fill/${draft.id}`), () => setFailed(true));
  }, []);
  return failed ? <Note icon="urgent" kind="error">{t("report.save_failed")}</Note> : <Loading />;
}

async function start(storage: Storage, offer: Offered, form: Definition, subject: Subject | null, household: string, now: Date, language: Language): Promise<Draft> {
  const family = household ? await familyOf(storage, household) : null;
  const known = family ? groups(family.household, now).flatMap((group) => group.items) : [];
  const told = family ? corrected(family.household, known, await storage.commands(), await storage.receipts(), now) : new Map();
  const place = subject?.kind === "institution" ? await storage.thing("institution", subject.id) : undefined;
  const given = family ? prefilled(form, family.household, told, subject) : place ? ofInstitution(form, place, language) : { answers: {}, known: {} };
  const name = place ? named(place.data["name"], language) : nameOf(family?.household, subject);
  const draft = begun(offer, form, subject, { household, name }, given, now);
  await keep(storage, draft);
  return draft;
}

function nameOf(household: Thing | undefined, subject: Subject | null): string {
  if (!household) return "";
  const member = subject?.kind === "member" ? members(household).find((one) => one.id === subject.id)?.name : undefined;
  return member ?? headName(household);
}

export const begin = (code: string, household = ""): void => go(household ? `forms/new/${code}/${household}` : `forms/new/${code}`);
