// An answer that comes late takes nothing from under the hand: not the list somebody has gone into, not the word that is
// being typed, not the button that is being pressed, not the sound that plays. What refreshed itself keeps its focus.
(() => {
  const ITSELF = ['live:changed', 'change', undefined]
  /** A finger's click comes a moment after it was lifted. */
  const CLICK_MS = 300
  let typing = null
  let pressed = null
  let kept = null

  const called = (e) => [e.tagName, e.getAttribute('href') || e.getAttribute('src') || e.form?.getAttribute('action') || e.textContent.trim()].join(' ')
  const same = (root, old) => [...root.querySelectorAll(old.tagName)].find((each) => called(each) === called(old))
  const words = (details) => called(details.querySelector('summary'))
  const plays = (figure) => !figure.querySelector('audio').paused

  document.addEventListener('input', (event) => (typing = event.target))
  document.addEventListener('change', (event) => {
    if (typing === event.target) typing = null
  })

  document.addEventListener('pointerdown', (event) => (pressed = event.target), true)
  for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, () => setTimeout(release, CLICK_MS), true)

  // What was held back for the press is asked for again: an alarm waits no longer than a click.
  function release() {
    const region = pressed?.closest('[data-late]')
    pressed = null
    if (!region) return
    delete region.dataset.late
    const select = region.getAttribute('hx-select')
    window.htmx.ajax('GET', region.getAttribute('hx-get'), { source: region, target: region, swap: 'outerHTML', select })
  }

  function stays(target, request) {
    const inside = (e) => e?.isConnected && target.contains(e)
    if (target.matches('[data-steady]')) return inside(document.activeElement)
    if (!ITSELF.includes(request.triggeringEvent?.type)) return false
    if (inside(typing) && typing === document.activeElement) return true
    if (request.elt !== target || !target.matches('[hx-select]') || !inside(pressed)) return false
    target.dataset.late = 'yes'
    return true
  }

  document.addEventListener('htmx:beforeSwap', (event) => {
    const { target, requestConfig } = event.detail
    if (stays(target, requestConfig)) event.detail.shouldSwap = false
    kept = null
    if (!event.detail.shouldSwap || !target.id || requestConfig.elt !== target) return
    const focus = target.contains(document.activeElement) ? document.activeElement : null
    const opened = new Map([...target.querySelectorAll('details')].map((each) => [words(each), each.open]))
    kept = { id: target.id, focus, opened, playing: [...target.querySelectorAll('[data-audio]')].filter(plays) }
  })

  document.addEventListener('htmx:afterSwap', () => {
    const region = kept && document.getElementById(kept.id)
    if (!region) return
    const { focus, opened, playing } = kept
    kept = null
    for (const figure of playing) same(region, figure.querySelector('audio'))?.closest('[data-audio]').replaceWith(figure)
    for (const each of region.querySelectorAll('details')) each.open = opened.get(words(each)) ?? each.open
    if (focus && !region.contains(document.activeElement)) same(region, focus)?.focus({ preventScroll: true })
  })
})()
