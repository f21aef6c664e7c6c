// Opus, mono, 16 kbit/s from the browser's microphone. Rejects when the microphone is refused or missing.
const BITS = 16000
const KINDS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']
const SOUND = { channelCount: 1, echoCancellation: true }

// Resolves once recording runs: `stop()` ends it, `heard` resolves to { blob, seconds }, `seconds()` tells how long so far.
export async function listen(told = () => {}) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND })
  const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind))
  const machine = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS })
  const parts = []
  const began = performance.now()
  let length = null
  const seconds = () => length ?? (performance.now() - began) / 1000
  const unmeter = meter(stream, told)
  const heard = new Promise((done) => {
    machine.ondataavailable = (event) => event.data.size && parts.push(event.data)
    machine.onstop = () => {
      unmeter()
      for (const track of stream.getTracks()) track.stop()
      done({ blob: new Blob(parts, { type: machine.mimeType.split(';')[0] }), seconds: seconds() })
    }
  })
  machine.start(1000)
  const stop = () => {
    length = seconds()
    if (machine.state !== 'inactive') machine.stop()
  }
  return { stop, heard, seconds }
}

// Tells the loudness, 0 to 1, ten times a second.
function meter(stream, told) {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    told(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length))
  }, 100)
  return () => {
    clearInterval(timer)
    context.close()
  }
}
