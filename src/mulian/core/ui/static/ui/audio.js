// One key plays and pauses a recording: the focused player, else the last used, else the first of the page.
(() => {
  let last = null

  const typing = (target) => target.closest('input, textarea, select, [contenteditable]')
  const player = (figure) => figure?.querySelector('audio')

  function chosen(key) {
    const figures = [...document.querySelectorAll('[data-audio]')].filter((figure) => figure.dataset.key === key)
    const focused = figures.find((figure) => figure.contains(document.activeElement))
    return player(focused || figures.find((figure) => figure === last) || figures[0])
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    const audio = chosen(event.key.toLowerCase())
    if (!audio) return
    event.preventDefault()
    if (audio.paused) audio.play().catch(() => failed(audio))
    else audio.pause()
  })

  function failed(audio) {
    const words = audio.closest('[data-audio]')?.querySelector('.audio-error')
    if (words) words.hidden = false
  }

  // Media events do not bubble, so they are caught on the way down.
  document.addEventListener('error', (event) => event.target.tagName === 'AUDIO' && failed(event.target), true)
  document.addEventListener('play', (event) => {
    if (event.target.tagName !== 'AUDIO') return
    last = event.target.closest('[data-audio]')
    for (const other of document.querySelectorAll('[data-audio] audio')) if (other !== event.target) other.pause()
  }, true)
})()
