/** Services of my families, lists I am asked about, and what can be opened. Works without network. */
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Empty, Failed, Loading, Screen } from "../../ui/parts";
import { go } from "../../ui/route";
import { Rows } from "../../ui/rows";
import { headName } from "../households/household";
import { ListScreen } from "./listed";
import { ServiceScreen } from "./one";
import { OpenScreen } from "./open";
import { lists, offers, services, type Listed, type Offer, type Service } from "./services";

interface Held {
  readonly offered: readonly Offer[];
  readonly all: readonly Service[];
  readonly asked: readonly Listed[];
  readonly families: ReadonlyMap<string, Thing>;
}

/** `part` and `id` are what stands behind `services/` in the address. */
export function ServicesParts({ part, id }: { part: string; id: string }) {
  if (part === "one") return <ServiceScreen key={id} id={id} />;
  if (part === "new") return <OpenScreen key={id} code={id} />;
  if (part === "list") return <ListScreen key={id} id={id} />;
  return <ServicesScreen />;
}

function ServicesScreen() {
  const { t, storage, now, language } = useApp();
  const live = useLive(storage, read, [storage, language]);
  async function read(): Promise<Held> {
    const [offered, all, asked, families] = await Promise.all([offers(storage, language), services(storage, language), lists(storage, now(), language), storage.things("household")]);
    return { offered, all, asked, families: new Map(families.map((one) => [one.id, one])) };
  }
  return (
    <Screen title={t("services.title")} back>
      {live.state === "loading" && <Loading />}
      {live.state === "failed" && <Failed retry={live.retry} />}
      {live.state === "ready" && <All held={live.data} />}
    </Screen>
  );
}

function All({ held: { offered, all, asked, families } }: { held: Held }) {
  const { t } = useApp();
  const name = (id: string): string => (families.has(id) ? headName(families.get(id)!) : "");
  return (
    <div class="page">
      {asked.length > 0 && <section><h2 class="section">{t("services.asked")}</h2><Rows of={asked} name={(one) => one.id} row={(one) => <Asked list={one} />} /></section>}
      <h2 class="section">{t("services.mine")}</h2>
      {!all.length && <Empty icon="file" text={t("services.empty")} />}
      <Rows of={all} name={(one) => one.id} label={t("services.mine")} row={(one) => <Line service={one} family={name(one.household)} />} />
      {offered.length > 0 && <section><h2 class="section">{t("services.offered")}</h2><Rows of={offered} name={(one) => one.code} row={(one) => <Offered offer={one} />} /></section>}
    </div>
  );
}

function Asked({ list }: { list: Listed }) {
  const { t } = useApp();
  const todo = list.rows.filter((row) => row.mark === null).length;
  return (
    <button class="row" onClick={() => go(`services/list/${list.id}`)}>
      <span class="badge"><Icon name={todo ? "check" : "county"} /></span>
      <span class="grow"><b>{list.title}</b><span class="quiet">{list.from}</span></span>
      <span class="digits count-word">{t("tasks.todo", { n: todo })}</span>
    </button>
  );
}

function Line({ service, family }: { service: Service; family: string }) {
  const { t } = useApp();
  const done = service.steps.filter((step) => step.done).length;
  const now = service.steps.find((step) => !step.done);
  return (
    <button class="row" onClick={() => go(`services/one/${service.id}`)}>
      <span class="badge"><Icon name="file" /></span>
      <span class="grow"><b>{service.name}</b><span class="quiet">{family}</span><span class="quiet">{now ? now.name : t("services.all_done")}</span></span>
      <span class="digits count-word">{done}/{service.steps.length}{service.waiting && <Icon name="phone" size={20} />}</span>
    </button>
  );
}

function Offered({ offer }: { offer: Offer }) {
  const { t } = useApp();
  return (
    <button class="row" onClick={() => go(`services/new/${offer.code}`)}>
      <span class="badge"><Icon name="plus" /></span>
      <span class="grow"><b>{offer.name}</b><span class="quiet">{offer.counter ? t("services.in_person") : offer.home ? t("services.stays_home") : offer.at}</span></span>
      <Icon name="next" />
    </button>
  );
}
