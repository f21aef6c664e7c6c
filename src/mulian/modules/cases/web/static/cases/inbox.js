// Offers what came in since the page was made, without moving the rows under anybody's finger.
document.addEventListener('live:changed', (event) => {
  const offer = document.querySelector('[data-new]')
  if (event.target.id !== 'inbox-live' || !offer) return
  const words = offer.querySelector('[data-new-words]')
  words.textContent = words.dataset.newWords.replace('{n}', event.detail.number)
  offer.hidden = !event.detail.number
})
