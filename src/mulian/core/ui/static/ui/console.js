// What every page does: menus, htmx errors as toasts, the offline banner, focus and announcements after a swap.
(() => {
  const one = (selector, root = document) => root.querySelector(selector)

  function toast(title, text) {
    const box = one('[data-toasts]')
    if (!box) return
    const card = document.createElement('div')
    card.className = 'toast'
    const head = document.createElement('strong')
    head.textContent = title || box.dataset.failed
    const body = document.createElement('p')
    body.textContent = text || box.dataset.again
    card.append(head, body)
    box.append(card)
    setTimeout(() => card.remove(), 12000)
  }

  function problem(text) {
    try {
      return JSON.parse(text)
    } catch {
      return {}
    }
  }

  function offline(is) {
    const banner = one('[data-offline]')
    if (banner) banner.hidden = !is
  }

  document.addEventListener('htmx:responseError', (event) => {
    const found = problem(event.detail.xhr.responseText)
    toast(found.title, found.next_step)
  })
  document.addEventListener('htmx:sendError', () => {
    offline(true)
    toast()
  })
  document.addEventListener('htmx:afterOnLoad', () => offline(false))

  // What is fetched once when it is opened, and did not come, closes; opened again it is asked for again.
  const lost = new WeakSet()
  for (const name of ['htmx:responseError', 'htmx:sendError']) {
    document.addEventListener(name, (event) => {
      const opened = event.detail.requestConfig.elt
      if (!opened.matches('details[hx-get]')) return
      lost.add(opened)
      opened.open = false
    })
  }
  document.addEventListener('toggle', (event) => {
    const opened = event.target
    if (!opened.open || !lost.has(opened)) return
    lost.delete(opened)
    window.htmx.ajax('GET', opened.getAttribute('hx-get'), { source: opened, target: one('[data-slot]', opened) })
  }, true)
  window.addEventListener('offline', () => offline(true))
  window.addEventListener('online', () => offline(false))
  document.addEventListener('mulian:reach', (event) => offline(!event.detail))
  offline(!navigator.onLine)

  // Somebody who went on to another field while the answer was under way stays there.
  const typesElsewhere = (swapped, asked) => {
    const now = document.activeElement
    return now.matches('input, textarea, select') && !swapped.contains(now) && !asked?.contains(now)
  }

  // Focus and speech follow what was swapped in, so that nobody is left on a vanished button.
  document.addEventListener('htmx:afterSettle', (event) => {
    const swapped = event.detail.elt
    const focus = swapped.matches?.('[data-focus]') ? swapped : one('[data-focus]', swapped)
    if (!typesElsewhere(swapped, event.detail.requestConfig?.elt)) focus?.focus()
    const said = swapped.matches?.('[data-announce]') ? swapped : one('[data-announce]', swapped)
    if (said) one('[data-announcer]').textContent = said.dataset.announce || said.textContent
  })
  one('[data-focus]')?.focus()

  // One menu at a time; Escape and a press elsewhere close it.
  const menus = () => document.querySelectorAll('details[data-menu][open]')
  document.addEventListener('click', (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    for (const menu of menus()) {
      menu.open = false
      one('summary', menu).focus()
    }
  })

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-print]')) window.print()
    // Back to the form as it was left; its address, which the link has, would show it empty.
    if (event.target.closest('[data-back]') && history.length > 1) {
      event.preventDefault()
      history.back()
    }
  })
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submit-on-change]')) event.target.form.requestSubmit()
  })

  // The browser's own words beside a file are in the browser's language; ours name what was chosen.
  document.addEventListener('change', (event) => {
    const told = event.target.closest('.choose-file')?.querySelector('[data-chosen]')
    if (told) told.textContent = [...event.target.files].map((file) => file.name).join(', ')
  })

  // Without a connection a form stays as it is: the browser would show its own page, and what was typed would be gone.
  const asking = new WeakSet()
  async function sendWhenReached(form, button) {
    if (asking.has(form)) return
    asking.add(form)
    const asked = fetch('/offline/', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(10000) })
    const there = await asked.then((answer) => answer.ok, () => false)
    asking.delete(form)
    if (!there) return toast()
    offline(false)
    form.requestSubmit(button)
  }

  // A form is sent once, however often its button is pressed.
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form.method !== 'post' || form.hasAttribute('hx-post')) return
    if (!event.defaultPrevented && one('[data-offline]')?.hidden === false) {
      event.preventDefault()
      sendWhenReached(form, event.submitter)
      return
    }
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    setTimeout(() => delete form.dataset.sent, 8000)
  })
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
  })
})()
