/** One service: its steps and papers, each marked with one press; everything is read aloud. */
import type { CommandDraft } from "../../outbox/command";
import { useState } from "preact/hooks";
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon, type IconName } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button, Empty, Failed, Loading, Note, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { headName } from "../households/household";
import { movesOf, paperDraft, services, stepDraft, type PaperState, type Service } from "./services";

const ICONS: Readonly<Record<PaperState, IconName>> = { needed: "minus", ready: "check", carried: "carry", handed_over: "county", back: "tent" };

export function ServiceScreen({ id }: { id: string }) {
  const { t, storage, language } = useApp();
  const live = useLive(storage, async () => {
    const found = (await services(storage, language)).find((one) => one.id === id);
    return found ? { service: found, family: (await storage.thing("household", found.household)) ?? null } : null;
  }, [id, language]);
  return (
    <Screen title={t("services.one")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && (live.data ? <Shown {...live.data} /> : <Empty icon="search" text={t("services.missing")} />)}
    </Screen>
  );
}

function Shown({ service, family }: { service: Service; family: Thing | null }) {
  const { t, storage, sender } = useApp();
  const [failed, setFailed] = useState(false);
  const save = (draft: CommandDraft): void => {
    storage.append(draft, []).then(() => (setFailed(false), void sender.kick()), () => setFailed(true));
  };
  return (
    <div class="page">
      <h2 data-say>{service.name}</h2>
      {family && <Button icon="tent" label={headName(family)} onClick={() => go(`household/${family.id}`)} />}
      {!service.sent && <Note icon="people" kind="info">{t("services.in_person_hint")}</Note>}
      {service.waiting && <p class="quiet" role="status" data-say><Icon name="phone" size={20} /> {t("mark.phone")}</p>}
      {service.refused && <Note icon="urgent" kind="error"><b>{t("mark.refused")}</b><p>{service.refused.message}</p></Note>}
      {failed && <Note icon="urgent" kind="error">{t("report.save_failed")}</Note>}
      <Steps service={service} save={save} />
      <Papers service={service} save={save} />
    </div>
  );
}

interface Part {
  readonly service: Service;
  readonly save: (draft: CommandDraft) => void;
}

/** Steps of whoever settles it are theirs to take; the phone only shows them. */
function Steps({ service, save }: Part) {
  const { t, now } = useApp();
  const next = service.steps.findIndex((step) => !step.done);
  return (
    <section>
      <h2 class="section">{t("services.steps")}</h2>
      <ol class="list">
        {service.steps.map((step, place) => (
          <li key={place} class="card service-step" aria-current={place === next ? "step" : undefined}>
            <span class="badge"><Icon name={step.done ? "check" : place === next ? "next" : "clock"} /></span>
            <span class="grow" data-say><b>{step.name}</b><span class="quiet">{step.done ? t("services.step_done") : step.who === "owner" ? t("services.office") : place === next ? t("services.now") : t("services.later")}</span></span>
            {step.who !== "owner" && !step.done && place === next && <Button icon="check" kind="primary" label={t("services.step_done")} onClick={() => save(stepDraft(service.id, place, true, now()))} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Papers({ service, save }: Part) {
  const { t, now } = useApp();
  if (!service.papers.length) return null;
  return (
    <section>
      <h2 class="section">{t("services.papers")}</h2>
      <ul class="list">
        {service.papers.map((paper, place) => (
          <li key={place} class="card service-paper">
            <p class={`paper-state ${paper.state}`} data-say><Icon name={ICONS[paper.state]} /><b>{paper.name}</b> <span>{t(`paper.${paper.state}`)}</span>{paper.with && <span class="quiet">{paper.with}</span>}</p>
            <div class="paper-moves">
              {movesOf(paper, service.sent).map((to) => <Button key={to} icon={ICONS[to]} label={t(`paper.to_${to}`)} onClick={() => save(paperDraft(service.id, place, to, now()))} />)}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
