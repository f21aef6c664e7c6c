/** On the report: which campaign it goes into. */
import { useApp } from "../../ui/context";
import { useLive } from "../../ui/live";
import { Note } from "../../ui/parts";

export function CampaignNote({ id }: { id: string }) {
  const { t, storage } = useApp();
  const live = useLive(storage, () => storage.thing("campaign", id), [storage, id]);
  if (live.state !== "ready" || !live.data) return null;
  return <Note icon="search" kind="info">{t("campaigns.into")} <b>{String(live.data.data["name"] ?? "")}</b></Note>;
}
