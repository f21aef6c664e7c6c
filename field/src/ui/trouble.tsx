/** Something is wrong and somebody can do something about it: what, what to do, and the button that does it. Said aloud. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isKey, type Params } from "../i18n/translate";
import { useApp } from "./context";
import { Icon, type IconName } from "./icons";

const ICONS = {
  full: "phone", low: "phone", mic_refused: "mic", mic_busy: "call", mic_missing: "mic", place: "pin", place_refused: "pin", camp_place: "pin", camp_refused: "pin",
  clock: "clock", clock_leap: "clock", clock_back: "clock", lease: "offline", update: "again",
} as const satisfies Record<string, IconName>;

export type TroubleName = keyof typeof ICONS;

export function Trouble({ what, params, grave, children }: {
  what: TroubleName; params?: Params;
  /** Something the person wanted did not happen; else a warning. */
  grave?: boolean;
  children?: ComponentChildren;
}) {
  const { t, voice, language, phone } = useApp();
  const title = t(`trouble.${what}`, params);
  const asked = `trouble.${what}_do`;
  const todo = isKey(asked) ? t(asked, params) : "";
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (grave) box.current?.scrollIntoView({ block: "center" });
    if (phone.speaking) voice.say(language, `${title}\n${todo}`);
  }, [what]);
  return (
    <section ref={box} class={grave ? "trouble grave" : "trouble"} role={grave ? "alert" : "status"}>
      <div class="told" data-say><Icon name={ICONS[what]} size={40} /><div><h2>{title}</h2><p>{todo}</p></div></div>
      {children}
    </section>
  );
}
