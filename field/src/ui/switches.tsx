/** Language and speaker, within reach on every screen. */
import { useEffect, useRef, useState } from "preact/hooks";
import { LANGUAGES, type Key, type Language } from "../i18n/translate";
import { afterPicture } from "./after-picture";
import { useApp } from "./context";
import { Icon } from "./icons";

const NAMES: Record<Language, Key> = { bo: "language.bo", "zh-Hans": "language.zh", en: "language.en" };

/** Each language by its own name where that can be read; on a Tibetan page no Latin letters appear. */
const OWN: Record<Language, string> = { bo: "བོད་ཡིག", "zh-Hans": "中文", en: "English" };

export function LanguageButton() {
  const { t } = useApp();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button class="round" aria-label={t("app.language")} aria-haspopup="dialog" onClick={() => setOpen(true)}><Icon name="language" /></button>
      {open && <LanguageSheet close={() => setOpen(false)} />}
    </>
  );
}

function LanguageSheet({ close }: { close: () => void }) {
  const { t, language, setLanguage } = useApp();
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  const name = (one: Language): string => (one === "en" && language === "bo" ? t(NAMES[one]) : OWN[one]);
  return (
    <dialog ref={sheet} class="sheet" aria-label={t("app.language")} onClose={close} onClick={(event) => event.target === sheet.current && close()}>
      {LANGUAGES.map((one) => (
        <button key={one} class="button plain" lang={one} aria-pressed={one === language} onClick={() => (close(), afterPicture(() => setLanguage(one)))}>
          <span>{name(one)}</span>
        </button>
      ))}
    </dialog>
  );
}

export function SpeakerButton() {
  const { t, phone, storage } = useApp();
  const [speaking, setSpeaking] = useState(phone.speaking);
  useEffect(() => setSpeaking(phone.speaking), [phone.speaking]);
  const toggle = (): void => {
    setSpeaking(!speaking);
    afterPicture(() => void storage.setState({ speaking: !speaking }));
  };
  return <button class="round" aria-label={t("app.read_aloud")} aria-pressed={speaking} onClick={toggle}><Icon name={speaking ? "speaker" : "speaker_off"} /></button>;
}
