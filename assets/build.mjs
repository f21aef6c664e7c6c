// Copies the third-party files the console loads to src/mulian/core/ui/static/vendor/, with their licences.
// Only the mention of source maps is taken out, so each file can be compared with the package it came from.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const packages = join(here, 'node_modules')
const target = join(here, '..', 'src', 'mulian', 'core', 'ui', 'static', 'vendor')

const files = {
  'htmx.org/dist/htmx.min.js': 'htmx.min.js',
  'uplot/dist/uPlot.iife.min.js': 'uPlot.iife.min.js',
  'uplot/dist/uPlot.min.css': 'uPlot.min.css',
  'maplibre-gl/dist/maplibre-gl.mjs': 'maplibre-gl.mjs',
  'maplibre-gl/dist/maplibre-gl-worker.mjs': 'maplibre-gl-worker.mjs',
  'maplibre-gl/dist/maplibre-gl.css': 'maplibre-gl.css',
  ...Object.fromEntries(
    ['400', '700'].map((weight) => [
      `@fontsource/noto-serif-tibetan/files/noto-serif-tibetan-tibetan-${weight}-normal.woff2`,
      `noto-serif-tibetan-${weight}.woff2`,
    ]),
  ),
}

function description(name) {
  return JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
}

/** The shipped packages and everything compiled into them. */
function shipped() {
  const found = new Set(Object.keys(description(join('..')).dependencies))
  for (const name of found) for (const inner of Object.keys(description(name).dependencies ?? {})) found.add(inner)
  return [...found].sort()
}

function licence(name) {
  const { version, license } = description(name)
  const file = readdirSync(join(packages, name)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry))
  const text = file ? readFileSync(join(packages, name, file), 'utf8').trim() : '(the package carries no licence text)'
  return `${name} ${version}: ${license}\n\n${text}\n`
}

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
for (const [from, to] of Object.entries(files)) {
  // The maps are not shipped: a browser would ask for them in vain.
  if (/\.(m?js|css)$/.test(to)) {
    const text = readFileSync(join(packages, from), 'utf8').replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*$/m, '')
    writeFileSync(join(target, to), text)
  } else {
    copyFileSync(join(packages, from), join(target, to))
  }
}
// Written last: the sign that this folder is complete.
writeFileSync(join(target, 'LICENCES.txt'), shipped().map(licence).join(`\n${'-'.repeat(72)}\n\n`))
