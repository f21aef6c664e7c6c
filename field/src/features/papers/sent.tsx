/** Papers of a family that were photographed on this phone: which, whose, and how far their pictures came. */
import { ago } from "../../i18n/time";
import { named } from "../../i18n/translate";
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Marks } from "../cases/marks";
import type { Family } from "../households/catalogue";
import { members } from "../households/household";
import { cameras } from "./cameras";
import { sentPapers } from "./photographing";

export function SentPapers({ family: { household, catalogue } }: { family: Family }) {
  const { storage, language, now } = useApp();
  const live = useLive(storage, async () => sentPapers(household.id, await storage.commands(), await storage.receipts(), await storage.uploads()), [household.id]);
  if (live.state !== "ready" || !live.data.length) return null;
  const labels = new Map(cameras(catalogue).map((camera) => [camera.code, camera.label]));
  const names = new Map(members(household).map((member) => [member.id, member.name]));
  return (
    <ul class="list plain">
      {live.data.map((one) => (
        <li key={one.id} class="row"><div class="grow" data-say>
          <b>{named(labels.get(one.code), language)}</b>
          <span class="fact quiet">{[names.get(one.member), ago(language, one.at, now())].filter(Boolean).join(" ")}</span>
          <Marks mark={one.mark} steps={2} />
        </div></li>
      ))}
    </ul>
  );
}
