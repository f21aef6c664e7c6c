// Keys of the listening desk: n takes the next voice; Space plays; while typing F8 plays and F9 goes back.
(() => {
  const BACK_SECONDS = 3
  const typing = (target) => target.closest('input, textarea, select, button, a, summary, audio, [contenteditable]')
  const voice = () => document.querySelector('#held audio')

  function toggle() {
    const audio = voice()
    if (audio?.paused) audio.play().catch(() => {})
    else audio?.pause()
  }

  function back() {
    const audio = voice()
    if (audio) audio.currentTime = Math.max(0, audio.currentTime - BACK_SECONDS)
  }

  const KEYS = {
    n: () => document.querySelector('[data-next-voice]')?.click(),
    ' ': toggle,
  }
  const ALWAYS = { F8: toggle, F9: back }

  document.addEventListener('click', (event) => {
    const draft = event.target.closest('[data-put-draft]')
    const field = draft && document.getElementById('id_transcript')
    if (!field) return
    field.value = [field.value.trim(), draft.dataset.putDraft].filter(Boolean).join('\n')
    field.focus()
  })

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const act = ALWAYS[event.key] || (typing(event.target) ? null : KEYS[event.key])
    if (!act) return
    event.preventDefault()
    act()
  })
})()
