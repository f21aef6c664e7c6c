// One press records a label: it stops when the speaker is silent (or at a second press), is sent, kept and played back.
import { listen } from '../ui/microphone.js'
import { send } from '../ui/upload.js'

const LOUD = 0.02
const SILENCE_MS = 900
const PATIENCE_MS = 6000
const MOST_MS = 20000

const box = document.querySelector('[data-phrases]')
const state = box.querySelector('[data-state]')
const tell = (text) => (state.textContent = text || '')
const player = new Audio()
let busy = null
let opening = false

async function post(address, values) {
  const token = JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken']
  const answer = await fetch(address, { method: 'POST', headers: { 'X-CSRFToken': token }, body: new URLSearchParams(values) })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}

function hear(address) {
  player.src = address
  player.play().catch(() => tell(box.dataset.failed))
}

// Decides when a phrase is over: after a silence that follows speech, after a long silence, or at the limit.
function ear(stop) {
  const began = performance.now()
  let spoken = false
  let last = began
  const level = (loudness) => {
    const now = performance.now()
    if (loudness > LOUD) [spoken, last] = [true, now]
    if (now - last > (spoken ? SILENCE_MS : PATIENCE_MS) || now - began > MOST_MS) stop()
  }
  return { level, spoken: () => spoken }
}

async function speak(line) {
  if (busy) return busy.stop()
  if (opening) return
  opening = true
  player.pause()
  let running = null
  const heeding = ear(() => running?.stop())
  try {
    running = await listen(heeding.level)
  } catch {
    return tell(box.dataset.refused)
  } finally {
    opening = false
  }
  busy = running
  line.classList.add('recording')
  tell(box.dataset.recording)
  const { blob } = await running.heard
  line.classList.remove('recording')
  busy = null
  if (!heeding.spoken()) return tell(box.dataset.silent)
  await keep(line, blob)
}

async function keep(line, blob) {
  tell(box.dataset.sending)
  try {
    const sha256 = await send(blob)
    const now = replace(line, await post(line.dataset.recordAt, { words: line.dataset.words, sha256 }))
    tell('')
    const play = now.querySelector('[data-hear]')
    if (play) hear(play.dataset.hear)
    // The next label nobody has spoken is one key away.
    ;[...box.querySelectorAll('[data-speak].primary')].find((button) => now.compareDocumentPosition(button) & 4)?.focus()
  } catch {
    tell(box.dataset.failed)
  }
}

function replace(line, html) {
  const holder = document.createElement('ul')
  holder.innerHTML = html
  const fresh = holder.querySelector('[data-phrase]')
  line.replaceWith(fresh)
  return fresh
}

box.addEventListener('click', async (event) => {
  const line = event.target.closest('[data-phrase]')
  const button = event.target.closest('button')
  if (!line || !button) return
  if (button.dataset.hear) hear(button.dataset.hear)
  if ('speak' in button.dataset) await speak(line)
  if ('drop' in button.dataset) {
    replace(line, await post(line.dataset.dropAt, { words: line.dataset.words }).catch(() => line.outerHTML))
  }
})
