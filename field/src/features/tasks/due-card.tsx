/** The door to my tasks on the first screen: how many, and the one due next with its microphone. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { go } from "../../ui/route";
import { daysLeft, tasks, visits, waits } from "./duties";
import { TaskRow } from "./row";

export function DueCard() {
  const { t, storage, now } = useApp();
  const live = useLive(storage, async () => ({ tasks: await tasks(storage), visits: await visits(storage, now()) }), [storage]);
  if (live.state !== "ready") return null;
  const { tasks: all, visits: going } = live.data;
  const todo = all.filter(waits);
  const due = going.filter((one) => !one.mark && daysLeft(one.due, now()) <= 0);
  const next = todo[0];
  if (!all.length && !going.length) return null;
  return (
    <section class="due-card" aria-label={t("tasks.title")}>
      <button class="row" onClick={() => go("tasks")}>
        <Icon name="check" size={30} /><span class="grow"><b>{t("tasks.title")}</b></span><span class="digits count-word">{t("tasks.todo", { n: todo.length + due.length })}</span><Icon name="next" />
      </button>
      {next && <TaskRow task={next} />}
    </section>
  );
}
