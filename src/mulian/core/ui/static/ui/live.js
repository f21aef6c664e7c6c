// Asks small addresses again and again with their ETag. `[data-live]` fires `live:changed` when the answer differs;
// `[data-counts]` also writes the numbers beside the navigation. Slows down when the server cannot be reached.
(() => {
  const SLOWEST = 30

  function counts(found) {
    for (const [key, value] of Object.entries(found)) {
      for (const place of document.querySelectorAll(`[data-count="${CSS.escape(key)}"]`)) {
        place.textContent = value > 99 ? '99+' : value
        place.hidden = !value
      }
    }
  }

  function follow(element) {
    const every = Number(element.dataset.every) || 5
    let etag = null
    let wait = every

    async function ask() {
      if (!element.isConnected) return
      if (document.hidden && !('hidden' in element.dataset)) return later(every)
      try {
        const answer = await fetch(element.dataset.live, {
          headers: { Accept: 'application/json', ...(etag ? { 'If-None-Match': etag } : {}) },
          cache: 'no-store',
        })
        reached(answer.status < 500)
        if (answer.status === 200) await changed(answer)
        const known = answer.ok || answer.status === 304
        if (known || answer.status === 401) tell(known ? 'live:signed-in' : 'live:signed-out')
        later(known || answer.status === 401 ? every : Math.min(wait * 2, SLOWEST))
      } catch {
        reached(false)
        later(Math.min(wait * 2, SLOWEST))
      }
    }

    async function changed(answer) {
      const first = etag === null
      etag = answer.headers.get('ETag')
      const found = await answer.json()
      if ('counts' in element.dataset) counts(found.counts || {})
      if (!first || 'now' in element.dataset) {
        element.dispatchEvent(new CustomEvent('live:changed', { bubbles: true, detail: found }))
      }
    }

    function reached(is) {
      document.dispatchEvent(new CustomEvent('mulian:reach', { detail: is }))
    }

    function tell(name) {
      document.dispatchEvent(new CustomEvent(name))
    }

    function later(seconds) {
      wait = seconds
      setTimeout(ask, seconds * 1000)
    }

    ask()
  }

  function start(root) {
    for (const element of root.querySelectorAll('[data-live]:not([data-following])')) {
      element.dataset.following = 'yes'
      follow(element)
    }
  }

  start(document)
  document.addEventListener('htmx:afterSettle', (event) => start(event.detail.elt.parentElement || document))
})()
