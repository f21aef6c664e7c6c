/** Registers the service worker and lets a new version in when no report is just being made or sent. */
import type { Sender } from "./sync/sender";

export function registerWorker(sender: Sender): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const address = new URL("sw.js", new URL(import.meta.env.BASE_URL, location.href)).href;
  void navigator.serviceWorker.register(address, { updateViaCache: "none" }).then((registration) => {
    void navigator.serviceWorker.ready.then((ready) => ready.active?.postMessage("keep-fonts"));
    document.addEventListener("visibilitychange", () => {
      // Only a page nobody looks at is changed under anybody's thumb.
      if (document.visibilityState === "hidden" && idle(sender)) registration.waiting?.postMessage("take-over");
      if (document.visibilityState === "visible") void registration.update().catch(() => undefined);
    });
  });
  const had = navigator.serviceWorker.controller !== null;
  let reloaded = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (had && !reloaded) location.reload();
    reloaded = true;
  });
}

const idle = (sender: Sender): boolean => sender.state !== "sending" && !location.hash.startsWith("#/report");
