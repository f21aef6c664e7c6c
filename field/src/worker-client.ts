/** The page's side of the service worker: registers it, asks it to send in the background, lets a new version in. */
import { countUnsent } from "./outbox/unsent";
import type { Storage } from "./store/storage";
import { PERIOD, showBadge, TAG } from "./sync/background";
import type { Sender } from "./sync/sender";
import { inShell } from "./sync/server-address";

/** What browsers with Background Sync add; TypeScript does not know it, and many phones lack it. */
interface Registration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
  readonly periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> };
}

export function registerWorker(sender: Sender, storage: Storage): void {
  // A shell has the app's files itself, and its worker would ask the shell instead of the county.
  const wanted = import.meta.env.PROD && "serviceWorker" in navigator && !inShell();
  const registered = wanted ? register(sender) : Promise.resolve(null);
  const follow = (): void => void registered.then((registration) => keepSending(storage, registration)).catch(() => undefined);
  storage.onChange(follow);
  follow();
}

async function register(sender: Sender): Promise<Registration> {
  reloadOnce();
  const address = new URL("sw.js", new URL(import.meta.env.BASE_URL, location.href)).href;
  const registration = await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  void navigator.serviceWorker.ready.then((ready) => ready.active?.postMessage("keep-fonts"));
  document.addEventListener("visibilitychange", () => {
    // Only a page nobody looks at is changed under anybody's thumb.
    if (document.visibilityState === "hidden" && idle(sender)) registration.waiting?.postMessage("take-over");
    if (document.visibilityState === "visible") void registration.update().catch(() => undefined);
  });
  return registration;
}

let shown = -1;

/** Keeps the number on the icon true, and a wish to be woken pending, while anything lies unsent. */
async function keepSending(storage: Storage, registration: Registration | null): Promise<void> {
  const count = await countUnsent(storage);
  if (count === shown) return;
  const more = count > shown;
  shown = count;
  await showBadge(count);
  if (!count || !more || !registration) return;
  await registration.sync?.register(TAG);
  await registration.periodicSync?.register(TAG, { minInterval: PERIOD }).catch(() => undefined); // not allowed: one-off is enough
}

function reloadOnce(): void {
  const had = navigator.serviceWorker.controller !== null;
  let reloaded = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (had && !reloaded) location.reload();
    reloaded = true;
  });
}

const idle = (sender: Sender): boolean => sender.state !== "sending" && !location.hash.startsWith("#/report");

/** Fetches the newest app and lets it in at once: for a phone the county no longer understands. */
export async function takeNewest(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update();
  if (registration?.waiting) registration.waiting.postMessage("take-over");
  else location.reload();
}
