// Voice and photos in forms: recorded or chosen here, sent to /files, named in the form by their hash.
import { photos } from './photos.js'
import { recorder } from './recorder.js'

const START = { '[data-recorder]': recorder, '[data-photos]': photos }

function start(root) {
  for (const [selector, begin] of Object.entries(START)) {
    for (const element of root.querySelectorAll(`${selector}:not([data-begun])`)) {
      element.dataset.begun = 'yes'
      begin(element)
    }
  }
}

start(document)
document.addEventListener('htmx:load', (event) => start(event.detail.elt.parentElement || document))
