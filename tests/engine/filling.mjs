// Fills in a form as a patient stranger would: every question that shows gets the first answer it does not refuse.

const DAY = 86_400_000
const day = (offset) => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10)
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const PHOTO = Buffer.concat([Buffer.from(PIXEL, 'base64'), Buffer.alloc(3000)])

function sound() {
  const samples = Buffer.alloc(4000)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

const BY_VALUE = {
  int: ['1', '2', '5', '20', '0', '1980', '600000'],
  decimal: ['1', '2.5', '0', '100'],
  date: [day(0), day(-30), day(30), '1980-05-01'],
  time: ['09:30:00'],
  geopoint: ['33.9 100.1 4000 5'],
  string: ['ཕྱུགས་ལྷས 羊圈 pen', '13900000000', '1', 'a'],
}

function candidates(node, turn) {
  if (node.nodeType === 'select') return node.currentState.valueOptions.map((option) => [option.value])
  if (node.nodeType === 'upload') {
    const image = node.nodeOptions.media.type === 'image'
    const [bytes, name, type] = image ? [PHOTO, `照片 ${turn}.png`, 'image/png'] : [sound(), `སྒྲ་${turn}.wav`, 'audio/wav']
    return [new File([bytes], name, { type })]
  }
  if (node.nodeType === 'trigger') return [true]
  return BY_VALUE[node.valueType] ?? BY_VALUE.string
}

function give(node, value) {
  if (node.nodeType === 'select') node.selectValues(value)
  else node.setValue(value)
}

function answered(node) {
  const value = node.currentState.value
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== '' && value !== false
}

const ASKED = new Set(['input', 'select', 'upload', 'trigger'])

function* shown(node) {
  for (const child of node.currentState.children ?? []) {
    if (!child.currentState.relevant) continue
    if (ASKED.has(child.nodeType) && !child.currentState.readonly) yield child
    yield* shown(child)
  }
}

/** Answers until nothing new shows; returns how many questions were answered. */
export function fill(root) {
  const done = new Set()
  for (let turn = 1; turn <= 10; turn += 1) {
    const open = [...shown(root)].filter((node) => !done.has(node.nodeId))
    if (open.length === 0) break
    for (const node of open) {
      done.add(node.nodeId)
      if (answered(node)) continue
      for (const value of candidates(node, done.size)) {
        give(node, value)
        if (node.validationState.violation === null) break
      }
    }
  }
  return done.size
}
