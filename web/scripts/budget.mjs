// The budget of the first load: the entry and everything it imports statically, gzipped (design.md, section 6).
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 97
const dist = new URL('../../src/avocet/static/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

function staticImports(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) staticImports(next, seen)
  return seen
}

function gzipKb(file) {
  return gzipSync(readFileSync(fileURLToPath(new URL(file, dist)))).length / 1024
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
// The review page is a lazy route, but the first card needs it, so it counts towards the first load.
const review = Object.keys(manifest).find((key) => manifest[key].name === 'review')
if (!review) throw new Error('The manifest names no file for the review page.')
const keys = new Set()
for (const key of [entry, review]) staticImports(key, keys)

let total = 0
for (const key of keys) {
  const kb = gzipKb(manifest[key].file)
  total += kb
  console.log(`${kb.toFixed(1).padStart(7)} KB gz  ${manifest[key].file}`)
}
console.log(`${total.toFixed(1).padStart(7)} KB gz  first load, budget ${BUDGET_KB} KB`)
if (total > BUDGET_KB) {
  console.error(`The first load is ${(total - BUDGET_KB).toFixed(1)} KB over its budget.`)
  process.exit(1)
}
