// The hotline by keyboard: F2 household, F4 place, F7 words, F9 urgent, Ctrl+Enter saves; places are narrowed by typing.
;(() => {
  const one = (selector) => document.querySelector(selector)
  const focus = (selector) => () => {
    const found = one(selector)
    const closed = found?.closest('details:not([open])')
    if (closed) closed.open = true
    found?.focus()
  }
  const KEYS = {
    F2: focus('#household-words, #id_seek-number'),
    F4: focus('[data-narrow]'),
    F7: focus('#id_text'),
    F9: () => one('#id_urgent')?.click(),
  }

  // What was looked for is chosen next: the first family found has the focus, unless somebody writes the words down meanwhile.
  document.addEventListener('htmx:afterSettle', (event) => {
    const writes = document.activeElement.matches('input, textarea, select') && !event.target.contains(document.activeElement)
    if (event.target.id === 'seek' && !writes) event.target.querySelector('.choices-list input')?.focus()
  })

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey || event.isComposing) return
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      one('.report-form [type=submit]')?.click()
      return
    }
    const seek = event.target.closest?.('#seek')
    if (event.key === 'Enter' && !event.ctrlKey && seek && event.target.matches('input:not([type=radio])')) {
      event.preventDefault()
      seek.querySelector('[hx-post]')?.click()
      return
    }
    const act = event.ctrlKey ? null : KEYS[event.key]
    if (!act || !one('.report-form')) return
    event.preventDefault()
    act()
  })

  // Typing in the small field leaves only places that contain the words, and takes the first.
  for (const field of document.querySelectorAll('[data-narrow]')) {
    const select = document.getElementById(field.dataset.narrow)
    const options = Array.from(select.options)
    field.hidden = false
    field.addEventListener('input', () => {
      const words = field.value.trim().toLowerCase().replace(/[་།]+$/u, '')
      const fits = (option) => option.value && option.textContent.toLowerCase().includes(words)
      for (const option of options) option.hidden = Boolean(words) && !fits(option)
      select.value = words ? (options.find(fits)?.value ?? '') : ''
    })
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.ctrlKey) return
      event.preventDefault()
      select.focus()
    })
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
})()
