/** The way back to forms that were left unfinished, on the first screen. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { go } from "../../ui/route";

export function FormsCard() {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => (await storage.formDrafts()).length, [storage]);
  if (live.state !== "ready" || !live.data) return null;
  return <section class="due-card"><button class="row" onClick={() => go("forms")}><Icon name="text" size={30} /><span class="grow"><b>{t("forms.unfinished", { n: live.data })}</b></span><Icon name="next" /></button></section>;
}
