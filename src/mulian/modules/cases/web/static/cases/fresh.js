// Says when somebody else changed the case that is open here; what is being typed stays as it is.
document.addEventListener('live:changed', (event) => {
  const shown = document.getElementById('case')
  if (event.target.id !== 'case-live' || !shown) return
  document.querySelector('[data-changed]').hidden = String(event.detail.number) === shown.dataset.rev
})
document.addEventListener('htmx:afterSettle', (event) => {
  if (event.detail.elt.id === 'case') document.querySelector('[data-changed]').hidden = true
})
