// Keeps one page for when the server cannot be reached. It holds no one's data and never answers anything else:
// every request goes to the network first, and only a failed move to another page shows what was kept.
const KEPT = 'mulian-console-1'
const PAGE = '/offline/'
const DRAWN = ['tokens.css', 'page.css', 'parts.css', 'icons.svg', 'mark.svg', 'console.js'].map((name) => `/static/ui/${name}`)

const keep = async () => (await caches.open(KEPT)).addAll([PAGE, ...DRAWN])

self.addEventListener('install', (event) => event.waitUntil(keep().then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
// Asked by the page when its language changed.
self.addEventListener('message', (event) => event.data === 'keep' && event.waitUntil(keep().catch(() => {})))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const path = new URL(request.url).pathname
  if (path.startsWith('/field/')) return
  if (request.mode === 'navigate' && request.method === 'GET') {
    event.respondWith(fetch(request).catch(() => caches.match(PAGE, { ignoreVary: true })))
  } else if (DRAWN.includes(path)) {
    event.respondWith(fetch(request).catch(() => caches.match(path, { ignoreVary: true })))
  }
})
