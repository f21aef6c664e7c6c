// A paper is photographed: shrunk here, read by the server in memory, covered, and only then part of the form.
// What a person covers by hand is painted here, so the picture without its covers never leaves this page again.
const LONGEST = 1600
const QUALITY = 0.8
const MOST = 1_400_000
const SHADE = '#282828'
const STEP = 8
const SMALLEST = 12

for (const form of document.querySelectorAll('[data-certificate]')) start(form)

function start(form) {
  const one = (selector) => form.querySelector(selector)
  const canvas = one('[data-canvas]')
  const frame = one('[data-frame]')
  const file = one('#certificate-file')
  const picture = form.elements.picture
  const signature = form.elements.signature
  let boxes = []
  let byHand = false
  let turn = 0

  one('[data-needs-script]').hidden = false
  const say = (words) => { one('[data-state]').textContent = words || '' }

  function doubts(sentences) {
    one('[data-doubts]').replaceChildren(...sentences.map((words) => Object.assign(document.createElement('li'), { textContent: words })))
  }

  function hand(on) {
    byHand = on
    one('[data-by-hand]').hidden = !on
    if (on) signature.value = ''
    else form.elements.covered.checked = false
  }

  function place(element, box) {
    const [left, upper, wide, high] = box
    element.style.left = `${(100 * left) / canvas.width}%`
    element.style.top = `${(100 * upper) / canvas.height}%`
    element.style.width = `${(100 * wide) / canvas.width}%`
    element.style.height = `${(100 * high) / canvas.height}%`
  }

  function redraw() {
    for (const old of frame.querySelectorAll('.certificate-box')) old.remove()
    for (const box of boxes) frame.append(button(box))
  }

  function button(box) {
    const element = document.createElement('button')
    element.type = 'button'
    element.className = 'certificate-box'
    element.setAttribute('aria-label', form.dataset.box)
    place(element, box)
    element.addEventListener('keydown', (event) => keyed(event, element, box))
    return element
  }

  function keyed(event, element, box) {
    const [x, y] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key] || [0, 0]
    if (event.key === 'Delete' || event.key === 'Backspace') {
      boxes = boxes.filter((each) => each !== box)
      element.remove()
      one('[data-add]').focus()
    } else if (x || y) {
      const at = event.shiftKey ? 2 : 0
      box[at] = Math.max(at ? SMALLEST : 0, box[at] + x)
      box[at + 1] = Math.max(at ? SMALLEST : 0, box[at + 1] + y)
      place(element, box)
    } else return
    event.preventDefault()
    hand(true)
  }

  const point = (event) => {
    const area = canvas.getBoundingClientRect()
    return [((event.clientX - area.left) * canvas.width) / area.width, ((event.clientY - area.top) * canvas.height) / area.height]
  }

  frame.addEventListener('pointerdown', (event) => {
    const known = boxes[[...frame.querySelectorAll('.certificate-box')].indexOf(event.target)]
    const [x, y] = point(event)
    const from = known ? [...known] : [x, y, 0, 0]
    const box = known || from
    if (!known) boxes.push(box)
    const element = known ? event.target : frame.appendChild(button(box))
    frame.setPointerCapture(event.pointerId)
    const first = [...from]
    function moved(next) {
      const [nx, ny] = point(next)
      if (known) [box[0], box[1]] = [first[0] + nx - x, first[1] + ny - y]
      else [box[0], box[1], box[2], box[3]] = [Math.min(x, nx), Math.min(y, ny), Math.abs(nx - x), Math.abs(ny - y)]
      place(element, box)
      hand(true)
    }
    function done() {
      frame.removeEventListener('pointermove', moved)
      if (!known && (box[2] < SMALLEST || box[3] < SMALLEST)) {
        boxes = boxes.filter((each) => each !== box)
        element.remove()
      } else element.focus()
    }
    frame.addEventListener('pointermove', moved)
    frame.addEventListener('pointerup', done, { once: true })
    frame.addEventListener('pointercancel', done, { once: true })
    event.preventDefault()
  })

  one('[data-add]').addEventListener('click', () => {
    const box = [canvas.width * 0.35, canvas.height * 0.4, canvas.width * 0.3, canvas.height * 0.2]
    boxes.push(box)
    hand(true)
    frame.appendChild(button(box)).focus()
  })

  function clear() {
    turn += 1
    boxes = []
    redraw()
    picture.value = signature.value = file.value = ''
    canvas.width = canvas.height = 1
    frame.hidden = one('[data-tools]').hidden = true
    hand(false)
    doubts([])
    say('')
  }
  one('[data-clear]').addEventListener('click', clear)

  async function draw(blob) {
    const image = await createImageBitmap(blob)
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height))
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
    frame.hidden = one('[data-tools]').hidden = false
  }

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

  async function ask() {
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9))
    const token = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken']
    const answer = await fetch(form.dataset.read, { method: 'POST', body: blob, headers: { 'Content-Type': 'image/jpeg', 'X-CSRFToken': token, Accept: 'application/json' } })
    const said = await answer.json()
    if (!answer.ok) throw Object.assign(new Error(), { words: [said.title, said.next_step || said.detail].filter(Boolean).join(' ') })
    return said
  }

  async function heard(said) {
    propose(said.proposals)
    doubts(said.doubts)
    if (said.picture) {
      await draw(new Blob([bytes(said.picture)], { type: 'image/jpeg' }))
      picture.value = said.picture
      signature.value = said.signature
      hand(false)
      say(form.dataset.sure)
      return
    }
    boxes = said.boxes.map((box) => box.map((part, at) => (part * (at % 2 ? canvas.height : canvas.width)) / (at % 2 ? said.height : said.width)))
    redraw()
    hand(true)
    say(said.read ? form.dataset.unsure : form.dataset.unread)
  }

  function propose(found) {
    for (const line of form.querySelectorAll('[data-proposal]')) line.hidden = true
    for (const { to, value, percent } of found) {
      const line = one(`[data-to="${to}"] [data-proposal]`)
      if (!line) continue
      line.querySelector('[data-value]').textContent = value
      line.querySelector('[data-percent]').textContent = `${percent}%`
      line.querySelector('[data-take]').onclick = () => {
        form.elements[to].value = value
        form.elements[to].focus()
      }
      line.hidden = false
    }
  }

  async function take(chosen) {
    clear()
    const mine = turn
    say(form.dataset.reading)
    try {
      await draw(await chosen)
      hand(true)
      const said = await ask()
      if (mine === turn) await heard(said)
    } catch (error) {
      if (mine === turn) say(error.words || form.dataset.failed)
    }
  }
  file.addEventListener('change', () => { if (file.files[0]) take(file.files[0]) })

  form.addEventListener('submit', () => {
    if (frame.hidden || !byHand) return
    const context = canvas.getContext('2d')
    context.fillStyle = SHADE
    for (const box of boxes) context.fillRect(...box)
    boxes = []
    redraw()
    let quality = QUALITY
    let text = canvas.toDataURL('image/jpeg', quality)
    while (text.length > MOST && quality > 0.3) text = canvas.toDataURL('image/jpeg', (quality -= 0.1))
    picture.value = text.slice(text.indexOf(',') + 1)
    signature.value = ''
  })

  if (picture.value) {
    draw(new Blob([bytes(picture.value)], { type: 'image/jpeg' })).then(() => hand(!signature.value))
  } else if (form.dataset.photographed) {
    take(fetch(form.dataset.photographed).then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer))))
  }
}
