/** One fact on big keys: what it is now, for the first time or again; or still so. */
import { useEffect, useRef, useState } from "preact/hooks";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Note } from "../../ui/parts";
import { asked, correction, readNumber, worded } from "./correcting";
import type { Item, Value } from "./register";

interface Props {
  readonly household: string;
  readonly item: Item;
  /** Whom or what it is about, or empty. */
  readonly who: string;
  readonly close: () => void;
}

export function CorrectSheet({ household, item, who, close }: Props) {
  const { t, storage, sender, now, phone, language, voice } = useApp();
  const sheet = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);
  const title = named(item.label, language);
  useEffect(() => {
    sheet.current?.showModal();
    if (phone.speaking) voice.say(language, [title, who].filter(Boolean).join("\n"));
  }, []);
  const tell = (value: Value): void => {
    storage.append(correction(household, item, value, now()), []).then(() => {
      void sender.kick();
      close();
    }, () => setFailed(true));
  };
  const how = asked(item);
  return (
    <dialog ref={sheet} class="sheet correct" aria-label={title} onClose={close} onClick={(event) => event.target === sheet.current && close()}>
      <h2 data-say>{title}</h2>
      {who && <p class="fact" data-say><Icon name="people" size={22} />{who}</p>}
      {how?.by === "yes_no" && <YesNo value={item.value} tell={tell} />}
      {how?.by === "number" && <NumberKeys item={item} tell={tell} />}
      {how?.by === "choice" && how.choices.map(({ code, name }) => (
        <button key={code} class="button plain" aria-pressed={item.value === code} onClick={() => tell(code)}><span>{named(name, language)}</span></button>
      ))}
      {how?.by !== "choice" && item.value !== null && <Button icon="check" label={`${t("household.still")} ${said(item, t("tasks.yes"), t("tasks.no"), named(worded(item), language))}`} onClick={() => item.value !== null && tell(item.value)} />}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
      <Button icon="back" label={t("app.back")} onClick={close} />
    </dialog>
  );
}

const said = ({ value }: Item, yes: string, no: string, word: string): string => (typeof value === "boolean" ? (value ? yes : no) : word);

function YesNo({ value, tell }: { value: Value | null; tell: (value: boolean) => void }) {
  const { t } = useApp();
  return (
    <div class="pair">
      <button class="tile good" aria-pressed={value === true} onClick={() => tell(true)}><Icon name="check" size={36} /><span>{t("tasks.yes")}</span></button>
      <button class="tile bad" aria-pressed={value === false} onClick={() => tell(false)}><Icon name="cross" size={36} /><span>{t("tasks.no")}</span></button>
    </div>
  );
}

/** The phone's own number keys, and plus and minus for a herd that grew by one. */
function NumberKeys({ item, tell }: { item: Item; tell: (value: number) => void }) {
  const { t, language } = useApp();
  const [typed, setTyped] = useState(String(item.value ?? ""));
  const value = readNumber(typed, item.whole);
  const step = (by: number): void => setTyped(String(Math.max(0, (value ?? 0) + by)));
  return (
    <>
      <div class="steps">
        <button class="key" aria-label={t("household.less")} onClick={() => step(-1)}><Icon name="minus" /></button>
        <input class="big-number digits" type="text" inputMode="decimal" autoComplete="off" aria-label={named(item.label, language)} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        <button class="key" aria-label={t("household.more")} onClick={() => step(1)}><Icon name="plus" /></button>
      </div>
      <Button kind="primary" icon="check" label={t("report.save")} disabled={value === null} onClick={() => value !== null && tell(value)} />
    </>
  );
}
