/** Which family of the task the answer is about: one by its picture, or all of them; and the way to its page. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button } from "../../ui/parts";
import { go } from "../../ui/route";
import { Face } from "../households/face";
import { headName } from "../households/household";

export function Families({ ids, chosen, choose }: { ids: readonly string[]; chosen: string | null; choose: (id: string | null) => void }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.things("household"), [storage]);
  const held = live.state === "ready" ? live.data.filter((one) => ids.includes(one.id)) : [];
  const one = held.find((each) => each.id === (ids.length === 1 ? ids[0] : chosen));
  return (
    <>
      {ids.length > 1 && (
        <ul class="list" aria-label={t("tasks.family")}>
          <li><button class="row" aria-pressed={chosen === null} onClick={() => choose(null)}><span class="badge"><Icon name="people" /></span><span class="grow">{t("tasks.all_families")}</span><span class="quiet digits">{ids.length}</span></button></li>
          {held.map((each) => <li key={each.id}><button class="row" aria-pressed={chosen === each.id} onClick={() => choose(each.id)}><Face household={each} /><span class="grow">{headName(each)}</span></button></li>)}
        </ul>
      )}
      {one && <Button icon="tent" label={headName(one)} onClick={() => go(`household/${one.id}`)} />}
    </>
  );
}
