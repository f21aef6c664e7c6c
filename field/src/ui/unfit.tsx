/** Said before anything else when this browser cannot keep a report safe: what is missing, and what to do. */
import { useEffect, useState } from "preact/hooks";
import { LANGUAGES, translate, type Key, type Language } from "../i18n/translate";
import { Icon, type IconName } from "./icons";
import { listenForLabels, type Voice } from "./voice";

/** `secure`: opened by an address without encryption. `old`: a browser too old. `store`: no database. `newer`: the store is a newer app's. */
export type Lack = "secure" | "old" | "store" | "newer";

const ICONS: Record<Lack, IconName> = { secure: "county", old: "phone", store: "phone", newer: "again" };

/** What this browser lacks to run at all, or null. A microphone is not needed: one can write and photograph. */
export function lacking(): Lack | null {
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) return "secure";
  if (!globalThis.indexedDB) return "store";
  return typeof AbortSignal.timeout === "function" && typeof Blob.prototype.arrayBuffer === "function" ? null : "old";
}

/** Why the store did not open: it was written by a newer version of the app, or the browser gives none. */
export function whyNoStore(error: unknown): Lack {
  return error instanceof DOMException && error.name === "VersionError" ? "newer" : "store";
}

export function Unfit({ lack, first, voice }: { lack: Lack; first: Language; voice: Voice }) {
  const [language, setLanguage] = useState(first);
  const t = (key: Key): string => translate(language, key);
  const title = t(`trouble.${lack}`), what = t(`trouble.${lack}_do`);
  useEffect(() => {
    document.documentElement.lang = language;
    voice.say(language, `${title}\n${what}`);
    return listenForLabels(voice, language, true);
  }, [language]);
  return (
    <main class="unfit">
      <div class="trouble" role="alert">
        <Icon name={ICONS[lack]} size={72} />
        <h1>{title}</h1>
        <p>{what}</p>
        <button class="button primary" onClick={() => location.reload()}><Icon name="again" /><span>{t("app.retry")}</span></button>
        <button class="button plain" onClick={() => voice.say(language, `${title}\n${what}`)}><Icon name="speaker" /><span>{t("app.read_aloud")}</span></button>
      </div>
      <p class="choices">
        {LANGUAGES.map((one) => (
          <button key={one} class="button plain" lang={one} aria-pressed={one === language} onClick={() => setLanguage(one)}>
            <span>{one === "bo" ? "བོད་ཡིག" : one === "en" ? "English" : "中文"}</span>
          </button>
        ))}
      </p>
    </main>
  );
}
