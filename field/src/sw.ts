/// <reference lib="webworker" />
/**
 * The service worker: the app's own files without network, and the outbox sent while the app is closed.
 *
 * What another app forwards (the manifest's share target) never leaves the phone here: it is kept, closed, as a draft.
 * It answers no request to /field/sync or /field/files, so nothing it keeps can be taken for an answer of the county.
 * Kill switch: a server that wants it gone serves another worker here (public/sw-gone.js) that deletes caches and
 * unregisters itself; this one is fetched past every cache (updateViaCache "none").
 */
import { PrecacheController } from "workbox-precaching";
import { CarriedStore } from "./features/carry/shelf";
import { keepShared } from "./features/share/taking";
import { FIRST_STORE, IndexedStorage } from "./store/indexed";
import { sendAll, showBadge, storesOf, TAG } from "./sync/background";
import { exclusively } from "./sync/exclusively";
import { Transport } from "./sync/transport";
import { People } from "./vault/people";
import { partWith } from "./vault/tenants";

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

/** One-off and periodic Background Sync, where the browser has them; a rejected promise makes it try again later. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
for (const kind of ["sync", "periodicsync"]) {
  self.addEventListener(kind, (event) => {
    const woken = event as SyncEvent;
    if (woken.tag === TAG) woken.waitUntil(send());
  });
}

async function send(): Promise<void> {
  const transport = new Transport((request) => fetch(request), self.registration.scope);
  const [carried, people] = await Promise.all([CarriedStore.open(), People.open()]);
  try {
    const leave = (): Promise<void> => partWith(people, removeApp);
    await showBadge(await sendAll({ stores: () => storesOf(people), transport, carried, exclusively, removeApp: leave }));
  } finally {
    carried.close();
    people.close();
  }
}

async function removeApp(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  if (request.method === "POST" && request.url === new URL("share", self.registration.scope).href) return event.respondWith(takeShare(request));
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  if (request.url.endsWith(".woff2")) event.respondWith(font(request));
  else {
    const key = shell.getCacheKeyForURL(request.mode === "navigate" ? indexUrl() : request.url);
    if (key) event.respondWith(fromShell(key, request));
  }
});

/** Something forwarded from a chat: kept on this phone, with or without network, and shown to be confirmed. */
async function takeShare(request: Request): Promise<Response> {
  const shown = await keepForwarded(await request.formData()).catch(() => null);
  return Response.redirect(new URL(`./#/report?share=${shown ?? "none"}`, self.registration.scope).href, 303);
}

async function keepForwarded(form: FormData): Promise<string | null> {
  const people = await People.open();
  const storage = await IndexedStorage.open(await people.current(FIRST_STORE)).finally(() => people.close());
  return keepShared(storage, form, Date.now()).finally(() => storage.close());
}

const indexUrl = (): string => new URL("index.html", self.registration.scope).href;

async function fromShell(key: string, request: Request): Promise<Response> {
  return (await caches.match(key, { cacheName: "mulian-shell" })) ?? fetch(request);
}

async function font(request: Request): Promise<Response> {
  const held = await caches.match(request.url, { cacheName: FONTS });
  if (held) return held;
  const response = await fetch(request);
  // Only `keepFonts` makes the store: a page drawn while the app removes itself must not bring it back.
  if (response.ok && (await caches.has(FONTS))) await (await caches.open(FONTS)).put(request.url, response.clone());
  return response;
}

/** Fetches the fonts after everything else, and drops those of earlier versions. */
async function keepFonts(): Promise<void> {
  const cache = await caches.open(FONTS);
  const wanted = __FONTS__.map((name) => new URL(name, self.registration.scope).href);
  for (const held of await cache.keys()) if (!wanted.includes(held.url)) await cache.delete(held);
  for (const url of wanted) if (!(await cache.match(url))) await cache.add(url);
}
