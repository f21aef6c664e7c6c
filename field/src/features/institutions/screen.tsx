/** Institutions of one's village: how to call them, how many fit in, which safety check is due; a check by yes or no. */
import { useState } from "preact/hooks";
import { day } from "../../i18n/time";
import { stamp } from "../../outbox/command";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { checked, institutions, type Check, type Institution } from "./institutions";

export function InstitutionsScreen() {
  const { t, storage, now } = useApp();
  const live = useLive(storage, async () => institutions(await storage.things("institution"), await storage.commands(), await storage.receipts(), now()), []);
  return (
    <Screen title={t("institutions.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data.length
        ? <div class="page"><ul class="list plain">{live.data.map((one) => <li key={one.id}><Card one={one} /></li>)}</ul></div>
        : <Empty icon="institution" text={t("institutions.none")} />)}
    </Screen>
  );
}

function Card({ one }: { one: Institution }) {
  const { t, language } = useApp();
  return (
    <section class="question">
      <h2 data-say>{named(one.name, language)}</h2>
      <span class="fact quiet" data-say><Icon name="institution" size={22} />{named(one.kind, language)}{one.capacity !== null && <span class="digits">{t("household.people", { n: one.capacity })}</span>}</span>
      {one.phone && <a class="button plain" href={`tel:${one.phone}`} aria-label={`${t("household.call", { name: named(one.name, language) })} ${one.phone}`}><Icon name="call" /><span class="digits">{one.phone}</span></a>}
      {one.checks.map((check) => <CheckRow key={check.code} institution={one} check={check} />)}
    </section>
  );
}

/** What was found the last time, and two big keys for today. */
function CheckRow({ institution, check }: { institution: Institution; check: Check }) {
  const { t, language, storage, sender, now } = useApp();
  const [failed, setFailed] = useState(false);
  const tell = (sound: boolean): void => {
    storage.append(checked(institution.id, check.code, sound, now()), []).then(() => void sender.kick(), () => setFailed(true));
  };
  const today = check.done === stamp(now()).slice(0, 10);
  const state = !check.done ? "institutions.never" : !check.sound ? "institutions.unsound" : check.late ? "institutions.again" : "institutions.sound";
  return (
    <div class="register">
      <div data-say>
        <b>{named(check.label, language)}</b>{" "}
        <span class={check.late ? "fact open" : "fact good"}><Icon name={check.late ? "urgent" : "check"} size={20} />{t(state)}</span>{" "}
        {check.done && <span class="fact quiet digits">{day(language, check.done)}</span>}{" "}
        {check.due && <span class="fact quiet digits">{t("institutions.due", { date: day(language, check.due) })}</span>}{" "}
        {check.here && <span class="fact quiet"><Icon name="phone" size={20} />{t("mark.phone")}</span>}
      </div>
      {institution.inspects && (
        <div class="pair">
          <button class="tile good" aria-pressed={today && check.sound} aria-label={`${named(check.label, language)} ${t("institutions.sound")}`} onClick={() => tell(true)}><Icon name="check" size={30} /><span>{t("institutions.sound")}</span></button>
          <button class="tile bad" aria-pressed={today && !check.sound} aria-label={`${named(check.label, language)} ${t("institutions.unsound")}`} onClick={() => tell(false)}><Icon name="cross" size={30} /><span>{t("institutions.unsound")}</span></button>
        </div>
      )}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
    </div>
  );
}
