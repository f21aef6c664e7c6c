// Records a voice as Opus at 16 kbit/s: one button starts and stops, then it is sent at once.
import { listen } from './microphone.js'
import { send } from './upload.js'
import { waiting } from './waiting.js'

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

export function recorder(element) {
  const one = (selector) => element.querySelector(selector)
  const words = one('[data-record-words]')
  const inputs = ['voice', 'voice_seconds', 'voice_mime'].map((name) => one(`[name="${name}"]`))
  const say = (text) => (one('[data-state]').textContent = text || '')
  let recording = null
  let kept = null

  function fill(sha256, seconds, mime) {
    const values = [sha256, sha256 ? seconds.toFixed(1) : '', mime]
    inputs.forEach((input, i) => (input.value = values[i]))
  }

  function busy(is) {
    waiting(element.closest('form'), element, is)
    element.classList.toggle('busy', is)
  }

  function look() {
    words.textContent = recording ? words.dataset.stop : kept ? words.dataset.again : words.dataset.start
    one('[data-record]').classList.toggle('danger', Boolean(recording))
    one('[data-time]').hidden = !recording && !kept
    one('[data-drop]').hidden = Boolean(recording) || !kept
    one('[data-heard]').hidden = Boolean(recording) || !kept
  }

  async function begin() {
    const button = one('[data-record]')
    let heard
    button.disabled = true // a second press while the microphone opens would leave the first one open
    try {
      heard = await listen()
    } catch {
      return say(element.dataset.refused)
    } finally {
      button.disabled = false
    }
    drop()
    const tick = setInterval(() => {
      one('[data-time]').textContent = clock(heard.seconds())
      if (heard.seconds() >= Number(element.dataset.most)) stop()
    }, 250)
    recording = { ...heard, tick }
    void heard.heard.then(keep)
    busy(true)
    say(element.dataset.recording)
    look()
  }

  function stop() {
    clearInterval(recording.tick)
    recording.stop()
  }

  async function keep({ blob, seconds }) {
    recording = null
    kept = { blob, seconds }
    one('[data-heard]').src = URL.createObjectURL(blob)
    one('[data-time]').textContent = clock(seconds)
    look()
    await deliver()
  }

  async function deliver() {
    const mine = kept
    one('[data-retry]').hidden = true
    busy(true)
    say(element.dataset.sending)
    try {
      const sha256 = await send(mine.blob)
      if (kept !== mine) return // thrown away, or spoken anew, while it was sent
      fill(sha256, mine.seconds, mine.blob.type)
      say(element.dataset.ready)
    } catch (error) {
      if (kept !== mine) return
      say(error.words || element.dataset.failed)
      one('[data-retry]').hidden = false
    }
    busy(false)
  }

  function drop() {
    if (kept) URL.revokeObjectURL(one('[data-heard]').src)
    kept = null
    fill('', 0, '')
    say('')
    one('[data-retry]').hidden = true
    busy(false)
    look()
  }

  one('[data-record]').addEventListener('click', () => (recording ? stop() : begin()))
  one('[data-drop]').addEventListener('click', drop)
  one('[data-retry]').addEventListener('click', deliver)
}
