/** The small parts every screen is made of: header, buttons, and the states that are not "ready". */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "./context";
import { Icon, type IconName } from "./icons";
import { LanguageButton, SpeakerButton } from "./switches";
import { UnsentCount } from "./unsent";

/** A screen: header with the way back, the counter of unsent things, speaker and language; then the content. */
export function Screen({ title, back, children }: { title: string; back?: boolean; children: ComponentChildren }) {
  const { t } = useApp();
  return (
    <>
      <header class="bar">
        {back && (
          <button class="round" aria-label={t("app.back")} onClick={() => (history.length > 1 ? history.back() : (location.hash = "#/"))}>
            <Icon name="back" />
          </button>
        )}
        <h1>{title}</h1>
        <UnsentCount />
        <SpeakerButton />
        <LanguageButton />
      </header>
      <main>{children}</main>
    </>
  );
}

export function Button(props: {
  icon?: IconName; label: string; kind?: "primary" | "plain" | "danger"; busy?: boolean; disabled?: boolean; onClick: () => void;
}) {
  return (
    <button class={`button ${props.kind ?? "plain"}`} disabled={props.disabled || props.busy} aria-busy={props.busy} onClick={props.onClick}>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.label}</span>
    </button>
  );
}

export function Loading() {
  const { t } = useApp();
  return <p class="state" role="status"><span class="spinner" aria-hidden="true" />{t("app.loading")}</p>;
}

export function Failed({ retry }: { retry: () => void }) {
  const { t } = useApp();
  return (
    <div class="state" role="alert">
      <Icon name="urgent" size={40} />
      <p>{t("app.failed")}</p>
      <Button label={t("app.retry")} icon="again" onClick={retry} />
    </div>
  );
}

export function Empty({ icon, text }: { icon: IconName; text: string }) {
  return <div class="state"><Icon name={icon} size={44} /><p data-say>{text}</p></div>;
}

export function Note({ icon, kind, draft, children }: { icon: IconName; kind: "info" | "warning" | "error"; /** About an unsaved recording. */ draft?: boolean; children: ComponentChildren }) {
  return <div class={`note ${kind}${draft ? " draft" : ""}`} role={kind === "error" ? "alert" : "status"}><Icon name={icon} /><div data-say>{children}</div></div>;
}

const HOLD = 1000;

/** A button that acts after one second of pressing, so that no pocket raises an alarm. A keyboard's press acts at once. */
export function HoldButton({ label, onHeld, children }: { label: string; onHeld: () => void; children: ComponentChildren }) {
  const [holding, setHolding] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const since = useRef<number | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const end = (): void => {
    setHolding(false);
    clearTimeout(timer.current);
    since.current = null;
  };
  const act = (): void => {
    end();
    navigator.vibrate?.(60);
    onHeld();
  };
  const down = (event: PointerEvent): void => {
    end();
    setHolding(true);
    since.current = event.timeStamp;
    timer.current = setTimeout(act, HOLD);
  };
  // A phone that was busy hears of the whole press at once: how long the finger was there counts.
  const up = (event: PointerEvent): void => (since.current !== null && event.timeStamp - since.current >= HOLD ? act() : end());
  return (
    <button
      class={holding ? "hold holding" : "hold"} data-hold aria-label={label} onPointerDown={down} onPointerUp={up}
      onPointerLeave={end} onPointerCancel={end} onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => event.detail === 0 && onHeld()}
    >
      {children}
    </button>
  );
}
