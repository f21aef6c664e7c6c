// Records a voice as Opus at 16 kbit/s: one button starts and stops, then it is sent at once.
import { send } from './upload.js'

const BITS = 16000
const KINDS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

export function recorder(element) {
  const one = (selector) => element.querySelector(selector)
  const words = one('[data-record-words]')
  const inputs = ['voice', 'voice_seconds', 'voice_mime'].map((name) => one(`[name="${name}"]`))
  const say = (text) => (one('[data-state]').textContent = text || '')
  const submits = () => element.closest('form').querySelectorAll('[type=submit]')
  let recording = null
  let kept = null

  function fill(sha256, seconds, mime) {
    const values = [sha256, sha256 ? seconds.toFixed(1) : '', mime]
    inputs.forEach((input, i) => (input.value = values[i]))
  }

  function busy(is) {
    for (const button of submits()) button.disabled = is
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
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true } })
    } catch {
      return say(element.dataset.refused)
    }
    drop()
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind))
    const machine = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS })
    const parts = []
    const began = performance.now()
    const seconds = () => (performance.now() - began) / 1000
    machine.ondataavailable = (event) => event.data.size && parts.push(event.data)
    machine.onstop = () => {
      for (const track of stream.getTracks()) track.stop()
      keep(new Blob(parts, { type: machine.mimeType.split(';')[0] }), recording.length)
    }
    const tick = setInterval(() => {
      one('[data-time]').textContent = clock(seconds())
      if (seconds() >= Number(element.dataset.most)) stop()
    }, 250)
    machine.start(1000)
    recording = { machine, tick, seconds }
    busy(true)
    say(element.dataset.recording)
    look()
  }

  function stop() {
    clearInterval(recording.tick)
    recording.length = recording.seconds()
    recording.machine.stop()
  }

  async function keep(blob, seconds) {
    recording = null
    kept = { blob, seconds }
    one('[data-heard]').src = URL.createObjectURL(blob)
    one('[data-time]').textContent = clock(seconds)
    look()
    await deliver()
  }

  async function deliver() {
    one('[data-retry]').hidden = true
    busy(true)
    say(element.dataset.sending)
    try {
      fill(await send(kept.blob), kept.seconds, kept.blob.type)
      say(element.dataset.ready)
    } catch (error) {
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
    look()
  }

  one('[data-record]').addEventListener('click', () => (recording ? stop() : begin()))
  one('[data-drop]').addEventListener('click', drop)
  one('[data-retry]').addEventListener('click', deliver)
}
