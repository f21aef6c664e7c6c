// "Use the place where I am": the browser's point goes into three hidden fields, also in a form that came later.
;(function () {
  if (!navigator.geolocation) return
  function show() {
    var boxes = document.querySelectorAll('[data-spot]')
    for (var n = 0; n < boxes.length; n += 1) boxes[n].hidden = false
  }
  function find(button) {
    var box = button.closest('[data-spot]')
    var state = box.querySelector('[role=status]')
    navigator.geolocation.getCurrentPosition(
      function (found) {
        box.querySelector('[name=lat]').value = found.coords.latitude
        box.querySelector('[name=lon]').value = found.coords.longitude
        box.querySelector('[name=accuracy]').value = found.coords.accuracy
        state.textContent = button.getAttribute('data-found')
      },
      function () {
        state.textContent = button.getAttribute('data-none')
      },
      { enableHighAccuracy: true, timeout: 30000 },
    )
  }
  document.addEventListener('click', function (event) {
    var button = event.target.closest && event.target.closest('[data-spot] button')
    if (button) find(button)
  })
  document.addEventListener('htmx:afterSettle', show)
  show()
})()
