/** Pictures of papers that nobody could use: told on the first screen and at the family, one press from taking them again. */
import { named } from "../../i18n/translate";
import type { Storage } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { go } from "../../ui/route";
import { headName, members } from "../households/household";
import { cameras } from "./cameras";
import { retakes, type Retake } from "./photographing";

interface Row extends Retake {
  readonly label: unknown;
  readonly name: string;
}

async function read(storage: Storage, household: string): Promise<Row[]> {
  const all = (await storage.things("household")).filter((one) => !household || one.id === household);
  const asked = retakes(all, await storage.commands(), await storage.receipts());
  if (!asked.length) return [];
  const labels = new Map(cameras((await storage.things("catalogue"))[0]).map((camera) => [camera.code, camera.label]));
  return asked.map((one) => {
    const home = all.find(({ id }) => id === one.household)!;
    return { ...one, label: labels.get(one.code), name: members(home).find(({ id }) => id === one.member)?.name ?? headName(home) };
  });
}

/** `household`: only of this family; empty: of all. */
export function Retakes({ household }: { household: string }) {
  const { t, storage, language } = useApp();
  const live = useLive(storage, () => read(storage, household), [household]);
  if (live.state !== "ready" || !live.data.length) return null;
  return (
    <>{live.data.map((one) => (
      <section key={one.id} class="due-card"><button class="row" onClick={() => go(`paper/${one.household}/${one.code}/${one.member}`)}>
        <Icon name="camera" size={34} />
        <span class="grow" data-say><b>{t("papers.retake")}</b><span class="quiet">{[named(one.label, language), one.name].filter(Boolean).join(" ")}</span></span><Icon name="next" />
      </button></section>
    ))}</>
  );
}
