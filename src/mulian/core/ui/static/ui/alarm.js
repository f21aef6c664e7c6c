// Sounds as long as an element `[data-alarm]` is in the page: two tones every two seconds, until somebody takes the case.
// Browsers allow sound only after a press, so `[data-alarm-arm]` shows until one was made.
(() => {
  let context = null

  function tone(at, hertz) {
    const source = context.createOscillator()
    const level = context.createGain()
    source.frequency.value = hertz
    level.gain.setValueAtTime(0, at)
    level.gain.linearRampToValueAtTime(0.4, at + 0.02)
    level.gain.setValueAtTime(0.4, at + 0.33)
    level.gain.linearRampToValueAtTime(0, at + 0.36)
    source.connect(level).connect(context.destination)
    source.start(at)
    source.stop(at + 0.4)
  }

  function sound() {
    const ringing = document.querySelector('[data-alarm]')
    document.documentElement.toggleAttribute('data-ringing', Boolean(ringing))
    if (!ringing || context?.state !== 'running') return
    tone(context.currentTime, 880)
    tone(context.currentTime + 0.42, 660)
  }

  function shown() {
    for (const button of document.querySelectorAll('[data-alarm-arm]')) button.hidden = context?.state === 'running'
  }

  async function arm() {
    context ??= new AudioContext()
    await context.resume()
    shown()
    sound()
  }

  document.addEventListener('pointerdown', arm)
  document.addEventListener('keydown', arm)
  document.addEventListener('htmx:afterSettle', () => {
    shown()
    sound()
  })
  setInterval(sound, 2000)
  shown()
  sound()
})()
