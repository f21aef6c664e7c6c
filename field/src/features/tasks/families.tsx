/** Which family of the task the answer is about: one by its picture, or all of them. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Face } from "../households/face";
import { headName } from "../households/household";

export function Families({ ids, chosen, choose }: { ids: readonly string[]; chosen: string | null; choose: (id: string | null) => void }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.things("household"), [storage]);
  const held = live.state === "ready" ? live.data.filter((one) => ids.includes(one.id)) : [];
  return (
    <ul class="list" aria-label={t("tasks.family")}>
      <li><button class="row" aria-pressed={chosen === null} onClick={() => choose(null)}><span class="badge"><Icon name="people" /></span><span class="grow">{t("tasks.all_families")}</span><span class="quiet digits">{ids.length}</span></button></li>
      {held.map((one) => <li key={one.id}><button class="row" aria-pressed={chosen === one.id} onClick={() => choose(one.id)}><Face household={one} /><span class="grow">{headName(one)}</span></button></li>)}
    </ul>
  );
}
