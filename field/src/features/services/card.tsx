/** The door to services on the first screen: how many are under way, and how many families a department asks about. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { go } from "../../ui/route";
import { lists, offers, services } from "./services";

export function ServicesCard() {
  const { t, storage, now, language } = useApp();
  const live = useLive(storage, async () => ({ offered: await offers(storage, language), all: await services(storage, language), asked: await lists(storage, now(), language) }), [storage, language]);
  if (live.state !== "ready" || !(live.data.offered.length + live.data.all.length + live.data.asked.length)) return null;
  const open = live.data.all.filter((one) => one.state !== "closed").length;
  const todo = live.data.asked.flatMap((one) => one.rows).filter((row) => row.mark === null).length;
  return (
    <section class="due-card" aria-label={t("services.title")}>
      <button class="row" onClick={() => go("services")}>
        <Icon name="file" size={30} /><span class="grow"><b>{t("services.title")}</b></span>
        <span class="digits count-word">{todo > 0 ? t("tasks.todo", { n: todo }) : t("services.open", { n: open })}</span><Icon name="next" />
      </button>
    </section>
  );
}
