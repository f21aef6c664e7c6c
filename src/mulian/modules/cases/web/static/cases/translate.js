// Keys of interpreters: n takes the next text; while typing Alt+1…9 put a term in, Alt+Shift+1…3 a sentence translated
// before, Alt+0 the machine's draft, Ctrl+Enter saves. A tick shows which terms stand in the translation.
(() => {
  const field = () => document.querySelector('textarea[data-translation]')
  const bare = (text) => text.replace(/[\s་།༌]+/gu, '').toLowerCase()

  function insert(words) {
    const into = field()
    if (!into) return
    into.focus()
    const before = into.value.slice(0, into.selectionStart)
    const apart = /[\u0f40-\u0fbc]$/u.test(before) && /^[\u0f40-\u0fbc]/u.test(words) ? '་' : ''
    into.setRangeText(apart + words, into.selectionStart, into.selectionEnd, 'end')
    into.dispatchEvent(new Event('input', { bubbles: true }))
  }

  function begin(draft) {
    const into = field()
    if (!into || (into.value.trim() && into.value !== into.defaultValue)) return insert(draft)
    into.value = draft
    into.focus()
    into.dispatchEvent(new Event('input', { bubbles: true }))
  }

  function tick() {
    const into = field()
    if (!into) return
    const there = bare(into.value)
    for (const term of document.querySelectorAll('[data-terms] [data-insert]')) {
      term.querySelector('[data-stands]').hidden = !there.includes(bare(term.dataset.insert))
    }
  }

  document.addEventListener('click', (event) => {
    const put = event.target.closest('[data-insert]')
    const draft = event.target.closest('[data-put-draft]')
    if (put) insert(put.dataset.insert)
    else if (draft) begin(draft.dataset.putDraft)
  })
  document.addEventListener('input', (event) => {
    if (event.target === field()) tick()
  })

  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.metaKey) return
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      document.querySelector('[data-translating] [type=submit]')?.click()
      return
    }
    const digit = /^Digit(\d)$/.exec(event.code)?.[1]
    if (event.altKey && !event.ctrlKey && digit) {
      const name = digit === '0' ? '[data-put-draft]' : event.shiftKey ? `[data-shift-key="${digit}"]` : `[data-key="${digit}"]`
      const found = document.querySelector(name)
      if (!found) return
      event.preventDefault()
      found.click()
      return
    }
    if (event.altKey || event.ctrlKey) return
    if (event.key === 'n' && !event.target.closest('input, textarea, select, [contenteditable]')) {
      const next = document.querySelector('[data-next-text]')
      if (next) {
        event.preventDefault()
        next.click()
      }
    }
  })
  tick()
})()
