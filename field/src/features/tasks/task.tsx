/** One task: what is to do, heard or read, and the answer. */
import { moment } from "../../i18n/time";
import { useState } from "preact/hooks";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { Content } from "../cases/heard";
import { Marks } from "../cases/marks";
import { AnswerForm } from "./answer";
import { tasks, waits, type Task } from "./duties";
import { DueWord } from "./row";
import { wordsIn } from "./words";

export function TaskScreen({ id, speak }: { id: string; speak: boolean }) {
  const { t, storage } = useApp();
  const live = useLive(storage, async () => (await tasks(storage)).find((one) => one.id === id) ?? null, [id]);
  if (live.state !== "ready" || !live.data) {
    return (
      <Screen title={t("tasks.one")} back>
        {live.state === "loading" && <Loading />}
        {live.state === "failed" && <Failed retry={live.retry} />}
        {live.state === "ready" && <Empty icon="search" text={t("tasks.missing")} />}
      </Screen>
    );
  }
  return <Shown task={live.data} speak={speak} />;
}

function Shown({ task, speak }: { task: Task; speak: boolean }) {
  const { t } = useApp();
  const [again, setAgain] = useState(speak);
  const asked = <Asked task={task} />;
  if (task.withdrawn) return <Screen title={t("tasks.one")} back><div class="page">{asked}</div></Screen>;
  if (!task.mark || again) return <AnswerForm task={task} speak={speak} asked={asked} />;
  return (
    <Screen title={t("tasks.one")} back>
      <div class="page">
        {asked}
        <Marks mark={task.mark} steps={2} />
        <Button icon="again" label={t("tasks.again")} onClick={() => setAgain(true)} />
      </div>
    </Screen>
  );
}

function Asked({ task }: { task: Task }) {
  const { t, language } = useApp();
  const { first, original } = wordsIn(task, language);
  return (
    <section class="said">
      {task.urgent && <p class="urgent-word"><Icon name="urgent" />{t("report.urgent")}</p>}
      <h2 data-say lang={first.lang ?? undefined}>{first.title}</h2>
      {task.voice && <Content part={task.voice} kind="voice" label={first.title} />}
      {first.text && <p class="words" data-say lang={first.lang ?? undefined}>{first.text}</p>}
      {original && <><h3>{t("case.original")}</h3><p class="quiet">{original.title}</p>{original.text && <p class="quiet">{original.text}</p>}</>}
      {waits(task) && <DueWord due={task.due} />}
      {task.withdrawn && <WhyBack why={task.withdrawn} />}
      <p class="quiet" data-say>{task.from} · {moment(language, task.due)}</p>
      {task.refused && <Note icon="urgent" kind="error"><b>{t("mark.refused")}</b><p>{task.refused.message}</p></Note>}
    </section>
  );
}

function WhyBack({ why }: { why: NonNullable<Task["withdrawn"]> }) {
  const { t, language } = useApp();
  const { first, original } = wordsIn(why, language);
  return <Note icon="cross" kind="warning"><b>{t("tasks.withdrawn")}</b><p data-say lang={first.lang ?? undefined}>{first.title}</p>{original && <p class="quiet">{original.title}</p>}</Note>;
}
