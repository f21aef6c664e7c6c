/** The closed phone: whose it is, the PIN, and a report at any time without it. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { Trouble } from "../../ui/trouble";
import type { Answer } from "../../vault/lock";
import { Banner } from "../report/banner";
import { Chooser } from "./chooser";
import { ClockDoubt, useClockWatch } from "./clock";
import { OpenDock } from "./dock";
import { Keypad } from "./keypad";

export function LockScreen() {
  const { t, lock } = useApp();
  const [forgot, setForgot] = useState(false);
  useClockWatch();
  const gone = lock.facts.state === "gone";
  const ask = { icon: "lock" as const, label: t(forgot ? "app.back" : "lock.forgot"), press: () => setForgot(!forgot) };
  return (
    <Screen title={t("app.name")}>
      {lock.facts.state !== "clock" && <Banner />}
      <div class="page lock">
        <Chooser />
        {gone || forgot ? <Forgotten gone={gone} /> : lock.facts.state === "clock" ? <ClockDoubt /> : <Opening />}
      </div>
      <OpenDock side={gone ? null : ask} />
    </Screen>
  );
}

function Forgotten({ gone }: { gone: boolean }) {
  const { t } = useApp();
  return (
    <>
      <Note icon="phone" kind={gone ? "warning" : "info"}>{t(gone ? "lock.gone" : "lock.forgot_hint")}</Note>
      <Button kind="primary" icon="phone" label={t("lock.new_person")} onClick={() => go("enrol")} />
    </>
  );
}

function Opening() {
  const { t, lock, sender } = useApp();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const { state, triesLeft } = lock.facts;
  const wait = useWait(`${answer} ${triesLeft}`);
  const open = (pin: string): void => {
    setBusy(true);
    void lock.unlock(pin).then((tried) => {
      setAnswer(tried);
      setBusy(false);
      if (tried === "open") void sender.kick();
    });
  };
  const told = wait > 0 ? t("lock.wait", { n: Math.ceil(wait / 60_000) })
    : answer === "wrong" ? t("lock.wrong", { n: triesLeft })
    : answer === "offline" ? t("lock.offline") : null;
  return (
    <>
      {told ? <Note icon="urgent" kind="error">{told}</Note> : state === "lease" && <Trouble what="lease" />}
      <p class="prompt" data-say><Icon name="lock" size={24} /> {t("lock.enter")}</p>
      <Keypad done={open} busy={busy || wait > 0} />
    </>
  );
}

/** Milliseconds until the next try, counted down while the screen is looked at; asked for again after each `tried`. */
function useWait(tried: string): number {
  const { lock } = useApp();
  const [wait, setWait] = useState(lock.facts.wait);
  useEffect(() => {
    setWait(lock.facts.wait);
    if (!lock.facts.wait) return;
    // What is served is written down now and then, so that closing the app does not begin the wait anew.
    let seconds = 0;
    const timer = setInterval(() => (setWait(lock.facts.wait), ++seconds % 10 || void lock.serve()), 1000);
    return () => clearInterval(timer);
  }, [tried, wait > 0]);
  return wait;
}
