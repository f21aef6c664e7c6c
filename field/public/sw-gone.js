/*
 * The kill switch: served in the place of sw.js when the county sets MULIAN_FIELD_WITHDRAWN. It takes over at once,
 * deletes the kept copies of the app, unregisters itself and loads open pages anew, from the network. It touches no
 * database: what was said and not yet sent stays on the phone and goes out from the page.
 */
addEventListener("install", () => void self.skipWaiting());

addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const kept = await caches.keys();
  for (const name of kept) await caches.delete(name);
  await self.registration.unregister();
  // Only where there was something to take away: the page registers this file at each start, and must not start for ever.
  if (!kept.length) return;
  for (const page of await self.clients.matchAll({ type: "window" })) await page.navigate(page.url).catch(() => undefined);
}
