// Lets the browser keep the page that is shown without a connection, in the language last used.
(() => {
  if (!('serviceWorker' in navigator) || !window.isSecureContext) return
  const language = document.documentElement.lang
  navigator.serviceWorker
    .register('/offline.js', { scope: '/' })
    .then(async () => {
      const ready = await navigator.serviceWorker.ready
      if (localStorage.getItem('mulian-offline') === language) return
      ready.active.postMessage('keep')
      localStorage.setItem('mulian-offline', language)
    })
    .catch(() => {
      // Without it the browser's own page says that there is no connection.
    })
})()
