// Photos of a form: made smaller here (which also leaves their position out), sent, shown as thumbnails.
import { send } from './upload.js'
import { waiting } from './waiting.js'

const LONGEST_SIDE = 2048
const QUALITY = 0.82

async function smaller(file) {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error())), 'image/jpeg', QUALITY))
}

export function photos(element) {
  const choose = element.querySelector('[data-choose]')
  const thumbs = element.querySelector('[data-thumbs]')
  const say = (text) => (element.querySelector('[data-state]').textContent = text || '')
  const form = element.closest('form')
  let last = Promise.resolve('')

  function show(blob, sha256) {
    const frame = document.createElement('span')
    frame.className = 'thumb'
    const image = document.createElement('img')
    image.src = URL.createObjectURL(blob)
    image.alt = ''
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name: element.dataset.name, value: sha256 })
    const remove = document.createElement('button')
    remove.type = 'button'
    remove.className = 'button quiet'
    remove.setAttribute('aria-label', element.dataset.remove)
    remove.textContent = '×'
    remove.addEventListener('click', () => frame.remove())
    frame.append(image, input, remove)
    thumbs.append(frame)
  }

  // Resolves to what went wrong with these or the ones before; nothing where all are there.
  async function take(files, words) {
    const room = Number(element.dataset.most) - thumbs.querySelectorAll('input').length
    for (const file of files.slice(0, Math.max(room, 0))) {
      try {
        const blob = await smaller(file)
        show(blob, await send(blob))
      } catch (error) {
        words = error.words || element.dataset.failed
      }
    }
    return words
  }

  // Photos chosen while others are still being sent come after them.
  choose.addEventListener('change', async () => {
    const files = [...choose.files]
    choose.value = ''
    waiting(form, element, true)
    say(element.dataset.sending)
    const mine = last.then((words) => take(files, words))
    last = mine
    const words = await mine
    if (last !== mine) return
    last = Promise.resolve('')
    say(words)
    waiting(form, element, false)
  })
}
