/** Choosing a PIN, twice the same. It may wait for a day; the microphone never waits. */
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Note, Screen } from "../../ui/parts";
import { replace } from "../../ui/route";
import { OpenDock } from "./dock";
import { Keypad } from "./keypad";

const DAY = 86_400_000;

/** Whether the day in which a PIN may wait is over. A clock set back does not make it longer. */
export function pinIsDue(enrolledAt: number | null, now: number): boolean {
  return enrolledAt !== null && (now - enrolledAt > DAY || now < enrolledAt);
}

export function PinScreen() {
  const { t, lock, phone, now } = useApp();
  const [first, setFirst] = useState<string | null>(null);
  const [state, setState] = useState<"ask" | "differs" | "busy">("ask");
  const due = pinIsDue(phone.enrolledAt, now().getTime());
  const entered = (pin: string): void => {
    if (first === null) return setFirst(pin), setState("ask");
    if (first !== pin) return setFirst(null), setState("differs");
    setState("busy");
    void lock.choosePin(pin).then(() => replace(""), () => (setFirst(null), setState("ask")));
  };
  return (
    <Screen title={t("lock.choose")}>
      <div class="page lock">
        {state === "differs"
          ? <Note icon="urgent" kind="error">{t("lock.differs")}</Note>
          : <p class="prompt" data-say><Icon name="lock" size={24} /> {t(first === null ? "lock.choose_hint" : "lock.again")}</p>}
        <Keypad key={first} done={entered} busy={state === "busy"} />
      </div>
      <OpenDock side={due ? null : { icon: "clock", label: t("lock.later"), press: () => replace("") }} />
    </Screen>
  );
}
