/// <reference lib="webworker" />
/**
 * The service worker: the app's own files without network.
 *
 * It never touches /field/sync or /field/files, so nothing it keeps can be taken for an answer of the county.
 * Kill switch: a server that wants it gone serves a worker here that deletes caches and unregisters itself; this one is
 * fetched past every cache (updateViaCache "none") and lets the new one in as soon as the page says it is idle.
 */
import { PrecacheController } from "workbox-precaching";

declare const self: ServiceWorkerGlobalScope;
declare const __KEPT__: { url: string; revision: string | null }[];
declare const __FONTS__: string[];

const FONTS = "mulian-fonts";
const shell = new PrecacheController({ cacheName: "mulian-shell" });
shell.addToCacheList(__KEPT__.map((file) => ({ ...file, url: new URL(file.url, self.registration.scope).href })));

self.addEventListener("install", (event) => {
  event.waitUntil(shell.install(event));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(shell.activate(event).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
  if (event.data === "keep-fonts") event.waitUntil(keepFonts());
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  if (request.url.endsWith(".woff2")) event.respondWith(font(request));
  else {
    const key = shell.getCacheKeyForURL(request.mode === "navigate" ? indexUrl() : request.url);
    if (key) event.respondWith(fromShell(key, request));
  }
});

const indexUrl = (): string => new URL("index.html", self.registration.scope).href;

async function fromShell(key: string, request: Request): Promise<Response> {
  return (await caches.match(key, { cacheName: "mulian-shell" })) ?? fetch(request);
}

async function font(request: Request): Promise<Response> {
  const cache = await caches.open(FONTS);
  const held = await cache.match(request.url);
  if (held) return held;
  const response = await fetch(request);
  if (response.ok) await cache.put(request.url, response.clone());
  return response;
}

/** Fetches the fonts after everything else, and drops those of earlier versions. */
async function keepFonts(): Promise<void> {
  const cache = await caches.open(FONTS);
  const wanted = __FONTS__.map((name) => new URL(name, self.registration.scope).href);
  for (const held of await cache.keys()) if (!wanted.includes(held.url)) await cache.delete(held);
  for (const url of wanted) if (!(await cache.match(url))) await cache.add(url);
}
