/** One line of the list: what, by when, and a microphone that answers at once. */
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { go } from "../../ui/route";
import type { Thing } from "../../store/storage";
import { Marks } from "../cases/marks";
import { Face } from "../households/face";
import { headName } from "../households/household";
import { daysLeft, type Asks, waits, type Task, type Visit } from "./duties";
import { wordsIn } from "./words";

const ICONS: Record<Asks, IconName> = { done: "check", yes_no: "answer", number: "text", photo: "camera", voice: "mic" };

export function TaskRow({ task }: { task: Task }) {
  const { t, language } = useApp();
  const { title, lang } = wordsIn(task, language).first;
  return (
    <div class={task.urgent && waits(task) ? "duty card urgent" : "duty card"}>
      <button class="row" onClick={() => go(`task/${task.id}`)}>
        <span class="badge"><Icon name={ICONS[task.asks]} /></span>
        <span class="grow">
          <b lang={lang ?? undefined}>{title}</b>
          {task.withdrawn ? <TakenBack task={task} /> : task.mark ? <Marks mark={task.mark} steps={2} /> : <DueWord due={task.due} />}
          {task.refused && <Marks mark="refused" steps={2} />}
        </span>
      </button>
      {waits(task) && task.asks !== "photo" && <button class="round filled" aria-label={`${t("tasks.speak")} ${title}`} onClick={() => go(`task/${task.id}?speak=1`)}><Icon name="mic" /></button>}
    </div>
  );
}

/** That it was taken back, and why. */
export function TakenBack({ task }: { task: Task }) {
  const { t, language } = useApp();
  const why = task.withdrawn && wordsIn(task.withdrawn, language).first;
  return why && <><span class="due" data-say><Icon name="cross" size={22} />{t("tasks.withdrawn")}</span><span class="quiet" data-say lang={why.lang ?? undefined}>{why.title}</span></>;
}

export function VisitRow({ visit, household }: { visit: Visit; household: Thing }) {
  return (
    <div class="duty card">
      <button class="row" onClick={() => go(`visit/${visit.household}`)}>
        <Face household={household} />
        <span class="grow"><b>{headName(household)}</b><span class="quiet">{visit.duty}</span>{visit.mark ? <Marks mark={visit.mark} steps={2} /> : <DueWord due={visit.due} />}</span>
      </button>
    </div>
  );
}

/** How long is left, by word, shape and colour. */
export function DueWord({ due }: { due: string }) {
  const { t, now } = useApp();
  const n = daysLeft(due, now());
  const words = n < 0 ? t("tasks.late", { n: -n }) : n === 0 ? t("tasks.today") : t("tasks.in", { n });
  return <span class={n < 0 ? "due late" : n <= 1 ? "due near" : "due"} data-say><Icon name={n < 0 ? "urgent" : "clock"} size={22} />{words}</span>;
}
