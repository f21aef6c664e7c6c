/** Somebody came or left: why by a big key, who, on which day. The day is today unless another is chosen. */
import { useState } from "preact/hooks";
import { stamp } from "../../outbox/command";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { readNumber } from "../households/correcting";
import { headName, members, type Member } from "../households/household";
import { isWhole, life, WHYS, whatOf, type Life, type Why } from "./telling";

const ICONS: Record<Why, IconName> = { birth: "plus", married_in: "people", moved_in: "tent", death: "minus", married_out: "people", moved_out: "send" };

export function LifeScreen({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.thing("household", id), [id]);
  return (
    <Screen title={t("lives.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Form household={live.data} /> : <Empty icon="tent" text={t("household.missing")} />)}
    </Screen>
  );
}

function Form({ household }: { household: Thing }) {
  const { t, storage, sender, now } = useApp();
  const today = stamp(now()).slice(0, 10);
  const [told, setTold] = useState<Life>({ why: "birth", on: today, name: "", born: null, member: "", head: "" });
  const [failed, setFailed] = useState(false);
  const change = (part: Partial<Life>): void => setTold((held) => ({ ...held, ...part }));
  const others = members(household).filter((one) => one.id !== told.member);
  const heir = whatOf(told.why) === "went" && others.length > 0 && members(household).some((one) => one.id === told.member && one.name === headName(household));
  const save = (): void => {
    storage.append(life(household.id, told, now()), []).then(() => {
      void sender.kick();
      history.back();
    }, () => setFailed(true));
  };
  return (
    <div class="page">
      <p class="fact" data-say><Icon name="people" size={26} /><b>{headName(household)}</b></p>
      <Whys chosen={told.why} choose={(why) => change({ why })} />
      {whatOf(told.why) === "went" ? <Who people={members(household)} label={t("household.whose")} chosen={told.member} choose={(member) => change({ member, head: "" })} /> : <Newcomer told={told} change={change} />}
      {heir && <><h2 data-say>{t("lives.head")}</h2><Who people={others} label={t("lives.head")} chosen={told.head} choose={(head) => change({ head })} /></>}
      <label class="field"><span data-say>{t("lives.on")}</span><input type="date" class="digits" max={today} value={told.on} onInput={(event) => change({ on: event.currentTarget.value })} /></label>
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
      <footer class="dock single"><Button kind="primary" icon="check" label={t("report.save")} disabled={!isWhole(told, now(), heir)} onClick={save} /></footer>
    </div>
  );
}

function Whys({ chosen, choose }: { chosen: Why; choose: (why: Why) => void }) {
  const { t } = useApp();
  return (
    <>
      {(["came", "went"] as const).map((what) => (
        <section key={what}>
          <h2 data-say>{t(`lives.${what}`)}</h2>
          <div class="tiles" role="group" aria-label={t(`lives.${what}`)}>
            {WHYS[what].map((why) => (
              <button key={why} class="tile" aria-pressed={why === chosen} onClick={() => choose(why)}><Icon name={ICONS[why]} size={34} /><span>{t(`lives.${why}`)}</span></button>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

function Who({ people, label, chosen, choose }: { people: readonly Member[]; label: string; chosen: string; choose: (member: string) => void }) {
  return (
    <div class="strip" role="group" aria-label={label}>
      {people.map((one) => (
        <button key={one.id} class="tile" aria-pressed={one.id === chosen} onClick={() => choose(one.id)}><Icon name="people" size={30} /><span>{one.name}</span></button>
      ))}
    </div>
  );
}

function Newcomer({ told, change }: { told: Life; change: (part: Partial<Life>) => void }) {
  const { t } = useApp();
  return (
    <>
      <label class="field"><span data-say>{t(told.why === "birth" ? "lives.name_later" : "lives.name")}</span><input type="text" autoComplete="off" maxLength={60} value={told.name} onInput={(event) => change({ name: event.currentTarget.value })} /></label>
      {told.why !== "birth" && <label class="field"><span data-say>{t("lives.born")}</span><input type="text" class="digits" inputMode="numeric" autoComplete="off" maxLength={4} onInput={(event) => change({ born: event.currentTarget.value.trim() ? readNumber(event.currentTarget.value, true) ?? 0 : null })} /></label>}
    </>
  );
}
