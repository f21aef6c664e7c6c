/** The county's guide (places, dangers, clips): asked for once a day, or when the phone's area changed. Never in the way of a report. */
import type { Clip, KnownPlace, PackInfo, Storage } from "../store/storage";
import type { Transport } from "./transport";
import { isRecord } from "./wire";

const DAY = 86_400_000;

export async function refreshGuide(storage: Storage, transport: Transport): Promise<void> {
  const { guide, lastSync } = await storage.state();
  const area = await ownArea(storage);
  if (!lastSync || (guide?.area === area && Date.parse(lastSync) - Date.parse(guide.at) < DAY)) return;
  const headers: Record<string, string> = guide?.area === area && guide.tag ? { "If-None-Match": guide.tag } : {};
  const response = await transport.send(`guide?area=${encodeURIComponent(area)}`, { headers });
  if (response.status === 304 && guide) return storage.setState({ guide: { ...guide, at: lastSync } });
  const pack = response.ok ? readGuide(await response.json().catch(() => null)) : null;
  // A county without a guide is asked again tomorrow; a login page at the next run.
  if (!pack && response.status !== 404) return;
  await storage.setState({ ...(pack && { pack }), guide: { at: lastSync, area, tag: response.headers.get("ETag") ?? "" } });
}

async function ownArea(storage: Storage): Promise<string> {
  const areas = (await storage.things("me"))[0]?.data["areas"];
  const first: unknown = Array.isArray(areas) ? areas[0] : null;
  return isRecord(first) ? String(first["code"] ?? "") : "";
}

/** The guide, or null when this is not one (a login page also says 200). */
export function readGuide(value: unknown): PackInfo | null {
  if (!isRecord(value) || typeof value["code"] !== "string" || !Array.isArray(value["hazards"])) return null;
  const { code, name, hazards, places, clips } = value;
  return { code, name, hazards: hazards as PackInfo["hazards"], places: list(places, isPlace), clips: list(clips, isClip) };
}

function list<T>(value: unknown, is: (one: unknown) => one is T): T[] {
  return Array.isArray(value) ? value.filter(is) : [];
}

function isPlace(value: unknown): value is KnownPlace {
  if (!isRecord(value) || typeof value["code"] !== "string" || !Array.isArray(value["at"])) return false;
  return value["at"].length === 2 && value["at"].every((degrees) => typeof degrees === "number");
}

function isClip(value: unknown): value is Clip {
  return isRecord(value) && typeof value["code"] === "string" && isRecord(value["files"]);
}
