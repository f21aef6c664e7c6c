/** The family's picture, and the way to take one: of a tent or a door, never of a person. */
import { useRef, useState } from "preact/hooks";
import { stamp } from "../../outbox/command";
import { sha256 } from "../../outbox/digest";
import { uuid7 } from "../../outbox/uuid7";
import type { Storage, Thing } from "../../store/storage";
import { useApp } from "../../ui/context";
import { Icon } from "../../ui/icons";
import { useLive } from "../../ui/live";
import { Note } from "../../ui/parts";
import { shrink } from "../report/photo";
import { Face } from "./face";

const SIDE = 480;
const BYTES = 40 * 1024;

export function Portrait({ household }: { household: Thing }) {
  const { t, storage, sender, now } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"ready" | "working" | "failed">("ready");
  const live = useLive(storage, () => lastPicture(storage, household.id), [household.id]);
  const shown = live.state === "ready" && live.data ? { ...household, data: { ...household.data, picture: live.data } } : household;
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setState("working");
    try {
      await keep(storage, household.id, await shrink(file, SIDE, BYTES), now());
      setState("ready");
      void sender.kick();
    } catch {
      setState("failed");
    }
  };
  return (
    <div class="portrait">
      <button class="plain-button" aria-label={t("household.picture")} aria-busy={state === "working"} onClick={() => input.current?.click()}>
        <Face household={shown} big /><span class="corner"><Icon name="camera" size={22} /></span>
      </button>
      <input ref={input} class="hidden" type="file" accept="image/*" capture="environment" aria-label={t("household.picture")} tabIndex={-1}
        onChange={(event) => (void take(event.currentTarget.files?.[0]), (event.currentTarget.value = ""))} />
      {state === "failed" && <Note icon="camera" kind="warning">{t("report.photo_failed")}</Note>}
    </div>
  );
}

async function keep(storage: Storage, household: string, bytes: ArrayBuffer, now: Date): Promise<void> {
  const picture = await sha256(bytes);
  const draft = { id: uuid7(now.getTime()), kind: "households.update", v: 1, at: stamp(now), after: [], body: { household, picture } };
  await storage.append(draft, [{ sha256: picture, mime: "image/jpeg", bytes }]);
}

/** A picture taken here that the county has not refused: shown before its own word comes back. */
async function lastPicture(storage: Storage, household: string): Promise<string | null> {
  const [commands, receipts] = await Promise.all([storage.commands(), storage.receipts()]);
  const mine = commands.filter((one) => one.kind === "households.update" && one.body["household"] === household && one.body["picture"]);
  const last = mine.filter((one) => receipts.get(one.id)?.verdict !== "refused" && receipts.get(one.id)?.verdict !== "applied").at(-1);
  return last ? String(last.body["picture"]) : null;
}
