/** What is at a camp: five pictures, each answered with one press. What nobody said stays unanswered. */
import { useEffect, useRef, useState } from "preact/hooks";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Note } from "../../ui/parts";
import { correction } from "./correcting";
import { codeOf, fittings, type Fittings } from "./fittings";
import { FITTINGS, type Camp, type Fitting } from "./household";

const ICONS: Record<Fitting, IconName> = { water: "water", power: "power", road: "road", signal: "phone", shelter: "home" };
const NONE: Fittings = {};

type At = Pick<Camp, "id" | "has" | "name">;

export function CampFacts({ household, camp }: { household: string; camp: At }) {
  const { t, storage, now } = useApp();
  const [open, setOpen] = useState(false);
  const live = useLive(storage, async () => fittings(camp, await storage.commands(), await storage.receipts(), now()), [camp.id, camp.has]);
  const told = live.state === "ready" ? live.data : NONE;
  const known = FITTINGS.filter((what) => told[what] !== undefined);
  return (
    <>
      <button class="has" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {known.map((what) => (
          <span key={what} class={told[what] ? "fact good" : "fact open"}><Icon name={ICONS[what]} size={22} /><Icon name={told[what] ? "check" : "cross"} size={18} />{t(`camp.${what}`)}</span>
        ))}
        {known.length < FITTINGS.length && <span class="fact"><Icon name="plus" size={22} />{t("camp.facts")}</span>}
      </button>
      {open && <Sheet household={household} camp={camp} told={told} close={() => setOpen(false)} />}
    </>
  );
}

function Sheet({ household, camp, told, close }: { household: string; camp: At; told: Fittings; close: () => void }) {
  const { t, language, storage, sender, now } = useApp();
  const sheet = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => sheet.current?.showModal(), []);
  const tell = (what: Fitting, there: boolean): void => {
    storage.append(correction(household, { code: codeOf(what), member: "", camp: camp.id }, there, now()), []).then(() => {
      setFailed(false);
      void sender.kick();
    }, () => setFailed(true));
  };
  return (
    <dialog ref={sheet} class="sheet correct" aria-label={t("camp.facts")} onClose={close} onClick={(event) => event.target === sheet.current && close()}>
      <h2 data-say>{named(camp.name, language) || t("household.camp_new")}</h2>
      {FITTINGS.map((what) => (
        <div key={what} class="fitting" role="group" aria-label={t(`camp.${what}`)}>
          <span class="fact" data-say><Icon name={ICONS[what]} size={30} />{t(`camp.${what}`)}</span>
          <button class="tile good" aria-pressed={told[what] === true} aria-label={`${t(`camp.${what}`)} ${t("tasks.yes")}`} onClick={() => tell(what, true)}><Icon name="check" size={30} /></button>
          <button class="tile bad" aria-pressed={told[what] === false} aria-label={`${t(`camp.${what}`)} ${t("tasks.no")}`} onClick={() => tell(what, false)}><Icon name="cross" size={30} /></button>
        </div>
      ))}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
      <Button icon="back" label={t("app.back")} onClick={close} />
    </dialog>
  );
}
