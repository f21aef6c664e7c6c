/** A department's list: my own families on it, each marked done, not yet, or why not. */
import { useState } from "preact/hooks";
import { moment } from "../../i18n/time";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { Face } from "../households/face";
import { headName } from "../households/household";
import { lists, markDraft, MARKS, type Listed, type ListMark, type Row } from "./services";

const ICONS: Readonly<Record<ListMark, IconName>> = { done: "check", not_yet: "clock", cannot: "cross" };

export function ListScreen({ id }: { id: string }) {
  const { t, storage, now, language } = useApp();
  const live = useLive(storage, async () => {
    const found = (await lists(storage, now(), language)).find((one) => one.id === id);
    return found ? { list: found, families: new Map((await storage.things("household")).map((one) => [one.id, one])) } : null;
  }, [id, language]);
  return (
    <Screen title={t("services.list")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Shown {...live.data} /> : <Empty icon="clock" text={t("services.list_over")} />)}
    </Screen>
  );
}

function Shown({ list, families }: { list: Listed; families: ReadonlyMap<string, Thing> }) {
  const { t, language } = useApp();
  return (
    <div class="page">
      <h2 data-say>{list.title}</h2>
      {list.text && <p class="words" data-say>{list.text}</p>}
      <p class="quiet" data-say>{list.from} · {t("services.until")} {moment(language, list.until)}</p>
      <ul class="list">{list.rows.map((row) => <li key={row.id} class="card listed"><Family row={row} household={families.get(row.household)} /></li>)}</ul>
    </div>
  );
}

function Family({ row, household }: { row: Row; household: Thing | undefined }) {
  const { t, storage, sender, now } = useApp();
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const [failed, setFailed] = useState(false);
  const save = (mark: ListMark): void => {
    storage.append(markDraft(row.id, mark, mark === "cannot" ? why : "", now()), []).then(() => (setAsking(false), setFailed(false), void sender.kick()), () => setFailed(true));
  };
  const press = (mark: ListMark): void => (mark === "cannot" ? setAsking(!asking) : save(mark));
  const name = household ? headName(household) : "";
  return (
    <>
      <div class="beside">{household && <Face household={household} />}<span class="grow" data-say><b>{name}</b>{row.member && <span class="quiet">{row.member}</span>}</span>{row.waiting && <Icon name="phone" size={20} />}</div>
      <div class="list-marks" role="group" aria-label={name}>
        {MARKS.map((mark) => <button key={mark} class={`tile flat ${mark}`} aria-pressed={row.mark === mark} onClick={() => press(mark)}><Icon name={ICONS[mark]} size={26} /><span>{t(`listed.${mark}`)}</span></button>)}
      </div>
      {asking && <Why text={why} change={setWhy} save={() => save("cannot")} />}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
    </>
  );
}

/** Words of the usual reasons with one press; others may be written. */
const REASONS = ["listed.away", "listed.no_paper", "listed.no_money"] as const;

function Why({ text, change, save }: { text: string; change: (text: string) => void; save: () => void }) {
  const { t } = useApp();
  return (
    <div class="why">
      <div class="paper-moves">{REASONS.map((reason) => <button key={reason} class="tile flat" aria-pressed={text === t(reason)} onClick={() => change(t(reason))}><span>{t(reason)}</span></button>)}</div>
      <label><span class="quiet">{t("tasks.why")}</span><textarea rows={2} value={text} onInput={(event) => change(event.currentTarget.value)} /></label>
      <Button icon="check" kind="primary" label={t("report.save")} disabled={!text.trim()} onClick={save} />
    </div>
  );
}
