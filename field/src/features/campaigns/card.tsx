/** A running campaign on the first screen: its name, until when, and a microphone that reports into it at once. */
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { go } from "../../ui/route";
import { DueWord } from "../tasks/row";
import { campaigns } from "./campaigns";

export function CampaignCards() {
  const { t, storage, now } = useApp();
  const live = useLive(storage, () => campaigns(storage, now()), [storage]);
  if (live.state !== "ready" || !live.data.length) return null;
  return (
    <section class="due-card" aria-label={t("campaigns.title")}>
      {live.data.map((one) => (
        <div key={one.id} class="duty card">
          <button class="row" onClick={() => go(`report?campaign=${one.id}`)}>
            <span class="badge"><Icon name="search" /></span>
            <span class="grow">
              <span class="quiet">{t("campaigns.title")} · {one.area}</span>
              <b>{one.name}</b>
              <DueWord due={one.ends} />
              {one.mine > 0 && <span class="quiet digits">{t("campaigns.mine", { n: one.mine })}</span>}
            </span>
          </button>
          <button class="round filled" aria-label={`${t("campaigns.report")} ${one.name}`} onClick={() => go(`report?campaign=${one.id}`)}><Icon name="mic" /></button>
        </div>
      ))}
    </section>
  );
}
