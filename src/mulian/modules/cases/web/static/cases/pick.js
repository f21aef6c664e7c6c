// Narrows a list of buttons to those that contain the typed words.
document.addEventListener('input', (event) => {
  if (!event.target.matches('[data-pick-words]')) return
  const box = event.target.closest('[data-pick]')
  const words = event.target.value.trim().toLowerCase().replace(/[་།]+$/u, '')
  let found = 0
  for (const item of box.querySelectorAll('[data-pick-item]')) {
    item.hidden = !item.textContent.toLowerCase().includes(words)
    if (!item.hidden) found += 1
  }
  for (const group of box.querySelectorAll('[data-pick-group]')) {
    group.hidden = !group.querySelector('[data-pick-item]:not([hidden])')
  }
  box.querySelector('[data-pick-none]').hidden = found > 0
})
document.addEventListener('keydown', (event) => {
  if (!event.target.matches('[data-pick-words]') || event.key !== 'Enter') return
  event.preventDefault()
  const shown = event.target.closest('[data-pick]').querySelectorAll('[data-pick-item]:not([hidden])')
  if (shown.length === 1) shown[0].click()
})
