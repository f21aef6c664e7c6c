// The hotline by keyboard: it begins at the caller's number; F2 household, F4 place, F7 words, F9 urgent, Ctrl+Enter saves; places are narrowed by typing.
;(() => {
  const one = (selector) => document.querySelector(selector)
  const focus = (selector) => () => {
    const found = one(selector)
    const closed = found?.closest('details:not([open])')
    if (closed) closed.open = true
    found?.focus()
  }
  const KEYS = {
    F2: focus('#household-words, #id_seek-phone'),
    F4: focus('#narrow-area'),
    F7: focus('#id_text'),
    F9: () => one('#id_urgent')?.click(),
  }

  // Somebody no household fits has still said who they are and where they call from: that is kept with the report.
  const keepCaller = (seek) => {
    const caller = one('#id_on_behalf_of')
    if (seek.querySelector('.choices-list input') || !seek.querySelector('.choices-list [role=status]') || caller.value) return
    const said = ['#id_seek-name', '#id_seek-phone'].map((field) => one(field).value.trim())
    caller.value = said.filter(Boolean).join(' ')
  }

  // What was looked for is chosen next: the first family found has the focus, unless somebody writes the words down meanwhile.
  document.addEventListener('htmx:afterSettle', (event) => {
    const writes = document.activeElement.matches('input, textarea, select') && !event.target.contains(document.activeElement)
    narrowing(event.target)
    if (event.target.id === 'seek') keepCaller(event.target)
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
    if (event.key === 'Enter' && !event.ctrlKey && seek && event.target.matches('input:not([type=radio]), select')) {
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
  const narrow = (field) => {
    const select = document.getElementById(field.dataset.narrow)
    const words = field.value.trim().toLowerCase().replace(/[་།]+$/u, '')
    const fits = (option) => option.value && option.textContent.toLowerCase().includes(words)
    const options = Array.from(select.options)
    for (const option of options) option.hidden = Boolean(words) && !fits(option)
    select.value = words ? (options.find(fits)?.value ?? '') : ''
  }
  const narrowing = (part) => {
    for (const field of part.querySelectorAll('[data-narrow]')) {
      field.hidden = false
      field.addEventListener('input', () => narrow(field))
      field.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || event.ctrlKey || field.closest('#seek')) return
        event.preventDefault()
        document.getElementById(field.dataset.narrow).focus()
      })
    }
  }
  narrowing(document)
  if (new URLSearchParams(location.search).get('door') === 'call') KEYS.F2()

  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
})()
