/** Big keys for digits. A finger that rests on one hears it; a PIN is never said unasked. */
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;
const MOST = 6;
const LEAST = 4;

export function Keypad({ done, busy }: { done: (pin: string) => void; busy: boolean }) {
  const { t } = useApp();
  const [pin, setPin] = useState("");
  const add = (digit: string): void => setPin((held) => (held + digit).slice(0, MOST));
  const enter = (): void => {
    done(pin);
    setPin("");
  };
  return (
    <div class="keypad" data-private aria-busy={busy} onKeyDown={(event) => /^\d$/.test(event.key) && add(event.key)}>
      <p class="dots" role="status" aria-label={t("lock.entered", { n: pin.length })}>
        {Array.from({ length: MOST }, (_, index) => <i key={index} class={index < pin.length ? "on" : index < LEAST ? "" : "may"} />)}
      </p>
      {KEYS.map((digit) => <Key key={digit} digit={digit} add={add} busy={busy} />)}
      <button class="key" disabled={busy || !pin} aria-label={t("lock.erase")} onClick={() => setPin(pin.slice(0, -1))}><Icon name="back" /></button>
      <Key digit="0" add={add} busy={busy} />
      <button class="key go" disabled={busy || pin.length < LEAST} aria-label={t("lock.open")} onClick={enter}><Icon name="check" /></button>
    </div>
  );
}

function Key({ digit, add, busy }: { digit: string; add: (digit: string) => void; busy: boolean }) {
  return <button class="key digits" disabled={busy} onClick={() => add(digit)}>{digit}</button>;
}
