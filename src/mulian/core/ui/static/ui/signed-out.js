// The session ended while somebody was writing: nothing is loaded anew, so nothing typed or spoken is lost. The page is
// covered until the same person has signed in again in another window; then it goes on with that session's token.
(() => {
  const box = document.querySelector('[data-signed-out]')
  if (!box) return
  const touched = new Set()

  for (const name of ['input', 'change', 'click']) {
    document.addEventListener(name, (event) => {
      const form = event.target.closest?.('form')
      if (!form || (name === 'click' && !event.target.closest('[data-record]'))) return
      if (form.method === 'post' || form.hasAttribute('hx-post')) touched.add(form)
    })
  }
  box.addEventListener('cancel', (event) => event.preventDefault())

  document.addEventListener('live:signed-out', () => {
    if (![...touched].some((form) => form.isConnected)) location.reload()
    else if (!box.open) box.showModal()
  })

  document.addEventListener('live:signed-in', async () => {
    if (!box.open) return
    const answer = await fetch(box.dataset.signedOut, { headers: { Accept: 'text/html' }, cache: 'no-store' })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (page.querySelector('[data-signed-out]')?.dataset.who !== box.dataset.who) return location.reload()
    const token = page.body.getAttribute('hx-headers')
    document.body.setAttribute('hx-headers', token)
    for (const field of document.querySelectorAll('[name=csrfmiddlewaretoken]')) field.value = JSON.parse(token)['X-CSRFToken']
    box.close()
  })
})()
