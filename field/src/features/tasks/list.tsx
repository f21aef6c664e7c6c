/** My tasks and visits due, soonest first. Works without network. */
import { useState } from "preact/hooks";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Screen } from "../../ui/parts";
import { Rows } from "../../ui/rows";
import { daysLeft, tasks, visits, waits, type Task, type Visit } from "./duties";
import { TaskRow, VisitRow } from "./row";

/** Visits further off than this wait behind a button. */
const SOON = 14;

interface Duties {
  readonly tasks: readonly Task[];
  readonly visits: readonly Visit[];
  readonly families: ReadonlyMap<string, Thing>;
}

export function TasksScreen() {
  const { t, storage, now } = useApp();
  const live = useLive(storage, read, [storage]);
  async function read(): Promise<Duties> {
    const [mine, due, families] = await Promise.all([tasks(storage), visits(storage, now()), storage.things("household")]);
    return { tasks: mine, visits: due, families: new Map(families.map((one) => [one.id, one])) };
  }
  return (
    <Screen title={t("tasks.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <List duties={live.data} />}
    </Screen>
  );
}

function List({ duties }: { duties: Duties }) {
  const { t, now } = useApp();
  const [all, setAll] = useState(false);
  const today = now();
  const todo = duties.tasks.filter(waits).map((task) => ({ due: task.due, key: task.id, row: <TaskRow task={task} /> }));
  const near = duties.visits.filter((one) => all || daysLeft(one.due, today) <= SOON);
  const going = near.map((visit) => ({ due: visit.due, key: visit.household, row: <VisitRow visit={visit} household={duties.families.get(visit.household)!} /> }));
  const rows = [...todo, ...going].sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const done = duties.tasks.filter((one) => one.mark && !one.withdrawn);
  const back = duties.tasks.filter((one) => one.withdrawn);
  const later = duties.visits.length - near.length;
  return (
    <div class="page">
      {!rows.length && <Empty icon="check" text={t("tasks.empty")} />}
      <Rows of={rows} name={(one) => one.key} label={t("tasks.title")} row={(one) => one.row} />
      {later > 0 && <Button icon="clock" label={t("tasks.later", { n: later })} onClick={() => setAll(true)} />}
      {back.length > 0 && <section><h2 class="section">{t("tasks.withdrawn")}</h2><ul class="list">{back.map((task) => <li key={task.id}><TaskRow task={task} /></li>)}</ul></section>}
      {done.length > 0 && <section><h2 class="section">{t("tasks.answered")}</h2><ul class="list">{done.map((task) => <li key={task.id}><TaskRow task={task} /></li>)}</ul></section>}
    </div>
  );
}
