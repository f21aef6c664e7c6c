/** The first thing a new phone shows: six digits, a code for the camera, or the token of the QR link that opened the app. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Key } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Loading, Note, Screen } from "../../ui/parts";
import { enrolToken, replace } from "../../ui/route";
import type { EnrolFailure } from "./enrol";

const WORDS: Record<EnrolFailure, Key> = { used: "enrol.used", unknown: "enrol.unknown", too_many: "enrol.too_many", offline: "enrol.offline" };

export function EnrolScreen() {
  const { t, phone } = useApp();
  const [token] = useState(() => enrolToken(location.hash));
  const [asked, setAsked] = useState(phone.access === "ok");
  const code = useEnrolment();
  useEffect(() => {
    if (token && !asked) code.send(token);
  }, [asked]);
  return (
    <Screen title={t("enrol.title")} back={phone.access !== "none"}>
      <div class="page enrol">
        <span class="emblem"><Icon name="phone" size={72} /></span>
        {asked ? (
          <>
            <p data-say>{t("enrol.again_question")}</p>
            <Button kind="primary" icon="phone" label={t("net.reconnect")} onClick={() => setAsked(false)} />
            <Button icon="back" label={t("app.back")} onClick={() => replace("")} />
          </>
        ) : code.state === "connecting" ? <Loading /> : <Digits code={code} token={token} />}
      </div>
    </Screen>
  );
}

interface Enrolment {
  readonly state: "idle" | "connecting" | EnrolFailure;
  readonly send: (code: string) => void;
}

function useEnrolment(): Enrolment {
  const { enrol, people, sender } = useApp();
  const [state, setState] = useState<Enrolment["state"]>("idle");
  const send = (code: string): void => {
    setState("connecting");
    void enrol(code).then((joined) => {
      if ("failure" in joined) return setState(joined.failure);
      // Whoever lends a phone their thumb for a code wants what is said on it to stay: browsers ask then, if ever.
      void navigator.storage?.persist?.();
      replace("pin");
      if (joined.store !== people.here) return void people.turnTo(joined.store);
      void sender.kick();
    });
  };
  return { state, send };
}

function Digits({ code, token }: { code: Enrolment; token: string | null }) {
  const { t, voice, language } = useApp();
  const [digits, setDigits] = useState("");
  const change = (text: string): void => {
    const next = ascii(text).replace(/\D/g, "").slice(0, 6);
    if (next.length > digits.length) voice.say(language, [...next.slice(digits.length)].join("\n"));
    setDigits(next);
  };
  const failure = code.state === "idle" || code.state === "connecting" ? null : code.state;
  return (
    <>
    <ScanPart found={code.send} />
    <form onSubmit={(event) => (event.preventDefault(), digits.length === 6 && code.send(digits))}>
      {failure && <Note icon="urgent" kind="error">{t(WORDS[failure])}</Note>}
      {failure === "offline" && token && <Button icon="again" label={t("app.retry")} onClick={() => code.send(token)} />}
      <label class="field">
        <span data-say>{t("enrol.hint")}</span>
        <input class="code digits" inputMode="numeric" autoComplete="one-time-code" aria-label={t("enrol.code")} value={digits} onInput={(event) => change(event.currentTarget.value)} />
      </label>
      {digits && <Button icon="speaker" label={t("enrol.listen")} onClick={() => voice.say(language, [...digits].join("\n"))} />}
      <button class="button primary" type="submit" disabled={digits.length !== 6}><Icon name="check" /><span>{t("enrol.connect")}</span></button>
    </form>
    </>
  );
}

type ScannerPart = ComponentType<{ found: (token: string) => void }>;

/** The camera and its reader are loaded when somebody asks for them; where that fails the digits are still there. */
function ScanPart({ found }: { found: (token: string) => void }) {
  const { t } = useApp();
  const [state, setState] = useState<{ readonly part: ScannerPart } | "closed" | "loading" | "failed">("closed");
  const open = (): void => {
    setState("loading");
    import("./scanner").then((module) => setState({ part: module.default }), () => setState("failed"));
  };
  if (typeof state === "object") return <state.part found={found} />;
  return (
    <>
      {state === "failed" && <Note icon="offline" kind="warning">{t("enrol.offline")}</Note>}
      <Button icon="codes" label={t("enrol.scan")} busy={state === "loading"} onClick={open} />
    </>
  );
}

/** Tibetan digits are accepted as well. */
const ascii = (text: string): string => text.replace(/[\u0F20-\u0F29]/g, (digit) => String(digit.charCodeAt(0) - 0x0f20));
