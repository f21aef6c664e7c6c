/** What was told here of a family's life and the county's copy does not show yet; and the way to tell more. */
import type { Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Button } from "../../ui/parts";
import { go } from "../../ui/route";
import { members } from "../households/household";
import { waiting } from "./telling";

export function Lives({ household }: { household: Thing }) {
  const { t, storage, now } = useApp();
  const names = new Map(members(household).map((one) => [one.id, one.name]));
  const live = useLive(storage, async () => waiting(household, names, await storage.commands(), await storage.receipts(), now()), [household]);
  return (
    <section>
      {live.state === "ready" && live.data.map((one) => (
        <p key={one.id} class={one.refused ? "fact bad" : "fact"} data-say>
          <Icon name={one.refused ? "urgent" : one.sent ? "county" : "phone"} size={22} />
          <span class="grow">{t(`lives.${one.why}`)} · {one.name} · <span class="digits">{one.on}</span>{one.message && <> · {one.message}</>}</span>
        </p>
      ))}
      <Button icon="people" label={t("lives.title")} onClick={() => go(`lives/${household.id}`)} />
    </section>
  );
}
