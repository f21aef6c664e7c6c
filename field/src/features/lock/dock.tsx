/** What works before any PIN: the microphone and the urgent button, in the places they always have. */
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { HoldButton } from "../../ui/parts";
import { go } from "../../ui/route";

export interface Side {
  readonly icon: IconName;
  readonly label: string;
  readonly press: () => void;
}

export function OpenDock({ side }: { side: Side | null }) {
  const { t } = useApp();
  return (
    <footer class="dock">
      {side ? <button class="side" onClick={side.press}><Icon name={side.icon} size={32} /><span>{side.label}</span></button> : <span />}
      <button class="mic" aria-label={t("app.mic")} onClick={() => go("report")}><Icon name="mic" size={56} /></button>
      <HoldButton label={t("home.urgent_hold")} onHeld={() => go("report?urgent=1")}><Icon name="urgent" size={32} /><span>{t("home.urgent")}</span></HoldButton>
    </footer>
  );
}
