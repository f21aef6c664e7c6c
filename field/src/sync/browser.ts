/** The browser's side of the sender: its timer, the moments worth trying. */
import type { Later, Sender } from "./sender";

export const later: Later = (work, millis) => {
  const timer = setTimeout(work, millis);
  return () => clearTimeout(timer);
};

/** Kicks at the start, when the network returns and when the app comes to the front. */
export function watch(sender: Sender): void {
  addEventListener("online", () => void sender.refresh());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void sender.refresh();
  });
  void sender.kick();
}

/** Removes everything of the app that lies outside the database. */
export async function removeApp(): Promise<void> {
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
