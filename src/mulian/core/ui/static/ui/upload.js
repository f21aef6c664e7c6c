// Sends one file to /files by tus 1.0, in pieces, so that a broken line costs a piece and not the file.
const PIECE = 512 * 1024
const TRIES = 4

export async function digest(blob) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const headers = (more) => ({
  'Tus-Resumable': '1.0.0',
  'X-CSRFToken': JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken'],
  ...more,
})

async function announce(blob, sha256) {
  const metadata = `sha256 ${btoa(sha256)},mime ${btoa(blob.type || 'application/octet-stream')}`
  return fetch('/files', {
    method: 'POST',
    headers: headers({ 'Upload-Length': String(blob.size), 'Upload-Metadata': metadata }),
  })
}

async function piece(blob, sha256, offset) {
  return fetch(`/files/${sha256}`, {
    method: 'PATCH',
    headers: headers({ 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) }),
    body: blob.slice(offset, offset + PIECE),
  })
}

async function refusal(answer) {
  const found = await answer.json().catch(() => ({}))
  const words = [found.title, found.next_step].filter(Boolean).join(' ')
  return Object.assign(new Error(words || String(answer.status)), { words, final: answer.status < 500 })
}

async function once(blob, sha256, told) {
  const begun = await announce(blob, sha256)
  if (!begun.ok) throw await refusal(begun)
  let offset = Number(begun.headers.get('Upload-Offset') || 0)
  while (offset < blob.size) {
    const answer = await piece(blob, sha256, offset)
    if (!answer.ok) throw await refusal(answer)
    offset = Number(answer.headers.get('Upload-Offset'))
    told(offset / blob.size)
  }
}

// Resolves to the SHA-256 the server now holds. Rejects with `words` when the server says why it refuses the file.
export async function send(blob, told = () => {}) {
  const sha256 = await digest(blob)
  for (let left = TRIES; ; left -= 1) {
    try {
      await once(blob, sha256, told)
      return sha256
    } catch (error) {
      if (error.final || left <= 1) throw error
      await new Promise((done) => setTimeout(done, 1000 * (TRIES - left + 1)))
    }
  }
}
