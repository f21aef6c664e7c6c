// A form program: `node drive.mjs <address with key>`. Loads every form of the list as ODK Collect does, fills each in
// with a form engine of others, sends it in chunks, twice. Says in JSON what was answered.
import { createHash } from 'node:crypto'
import './browser.mjs'
import { fill } from './filling.mjs'

const { loadForm } = await import('@getodk/xforms-engine')
const base = process.argv[2]
const CHUNK = 7000
const headers = { 'X-OpenRosa-Version': '1.0', 'User-Agent': 'engine' }

async function get(url) {
  const answer = await fetch(url, { headers })
  if (!answer.ok || answer.headers.get('X-OpenRosa-Version') !== '1.0') throw new Error(`${answer.status} ${url}`)
  return answer
}

async function documentAt(url) {
  const answer = await get(url)
  if (answer.headers.get('Content-Type') !== 'text/xml; charset=utf-8') throw new Error(`not XML: ${url}`)
  return new DOMParser().parseFromString(await answer.text(), 'text/xml')
}

const texts = (element, name) => element.getElementsByTagName(name)[0]?.textContent ?? null

async function attachments(manifest) {
  const found = new Map()
  for (const file of manifest ? (await documentAt(manifest)).getElementsByTagName('mediaFile') : []) {
    found.set(texts(file, 'filename'), texts(file, 'downloadUrl'))
    const bytes = Buffer.from(await (await get(texts(file, 'downloadUrl'))).arrayBuffer())
    const hash = `md5:${createHash('md5').update(bytes).digest('hex')}`
    if (hash !== texts(file, 'hash')) throw new Error(`not what the manifest says: ${texts(file, 'filename')}`)
  }
  return found
}

// Names of pictures and sounds of labels in the form's own XML.
const named = (xml) => new Set([...xml.matchAll(/jr:\/\/(?:images|audio)\/([^<"]+)/g)].map((found) => found[1]))

async function load(row) {
  const files = await attachments(texts(row, 'manifestUrl'))
  const xml = await (await get(texts(row, 'downloadUrl'))).text()
  const loaded = await loadForm(xml, {
    fetchFormAttachment: async (resource) => {
      const name = decodeURIComponent(resource.href.split('/').at(-1))
      return files.has(name) ? get(files.get(name)) : new Response('', { status: 404 })
    },
    missingResourceBehavior: 'BLANK',
  })
  if (loaded.status === 'failure') throw loaded.error
  return { loaded, shown: [...named(xml)].filter((name) => files.has(name)).length, wanted: named(xml).size }
}

async function send(data) {
  const asked = await fetch(`${base}/submission`, { method: 'HEAD', headers })
  if (asked.status !== 204) throw new Error(`HEAD ${asked.status}`)
  const answer = await fetch(asked.headers.get('Location'), { method: 'POST', headers, body: data })
  return [answer.status, await answer.text()]
}

async function one(row) {
  const { loaded, shown, wanted } = await load(row)
  const root = loaded.createInstance().root
  const questions = fill(root)
  const payload = await root.prepareInstancePayload({ payloadType: 'chunked', maxSize: CHUNK })
  const violations = (payload.violations ?? []).map((each) => each.reference ?? each.fileName)
  const xml = await payload.data[0].get('xml_submission_file').text()
  const answers = []
  for (let turn = 0; turn < 2 && payload.status === 'ready'; turn += 1) {
    for (const data of payload.data) answers.push(await send(data))
  }
  const files = payload.data.flatMap((data) => [...data.keys()].filter((name) => data.get(name) instanceof File))
  return {
    form: texts(row, 'formID'), version: texts(row, 'version'), languages: root.languages.length, questions,
    shown, wanted, status: payload.status, violations, chunks: payload.data.length, files: files.length - payload.data.length,
    xml, answers,
  }
}

const results = []
for (const row of (await documentAt(`${base}/formList`)).getElementsByTagName('xform')) results.push(await one(row))
console.log(JSON.stringify(results))
process.exit(0)
