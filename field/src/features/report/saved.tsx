/** The one moment that counts: it is on the disk. Shown only after the store said so. */
import { useEffect } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { Button } from "../../ui/parts";
import { replace } from "../../ui/route";

const SHOWN = 4000;

export function Saved() {
  const { t, voice, language, phone } = useApp();
  useEffect(() => {
    navigator.vibrate?.([40, 60, 40]);
    if (phone.speaking) voice.say(language, t("report.saved"));
    const timer = setTimeout(() => replace(""), SHOWN);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main><div class="saved" role="status">
      <span class="seal"><Icon name="check" size={96} /></span>
      <h1>{t("report.saved")}</h1>
      <p>{t("report.saved_hint")}</p>
      <Button icon="back" label={t("app.back")} onClick={() => replace("")} />
    </div></main>
  );
}
