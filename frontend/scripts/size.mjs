/** First-load budget: gzip of the JavaScript a first visit fetches, from the build's manifest. Fails when over. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const DIST = new URL('../dist/', import.meta.url)
const read = (name) => JSON.parse(readFileSync(new URL(`.vite/${name}.json`, DIST), 'utf8'))

/** What a first visit needs: the entry, everything it imports statically, and the route it lands on. */
const VISITS = [
  { name: 'portal', limit: 90, manifest: read('portal'), roots: ['portal.html'] },
  {
    name: 'console',
    limit: 220,
    manifest: read('manifest'),
    roots: ['index.html', 'src/console/labels/zh-CN.ts', 'src/features/accounts/pages/LoginPage.vue', 'src/console/layout/ConsoleShell.vue', 'src/features/statistics/pages/DeskPage.vue'],
  },
]

function reach(manifest, key, seen) {
  if (seen.has(key)) return
  const chunk = manifest[key]
  if (!chunk) throw new Error(`no chunk ${key} in the manifest`)
  seen.add(key)
  for (const next of chunk.imports ?? []) reach(manifest, next, seen)
}

function measure({ manifest, roots }) {
  const seen = new Set()
  for (const key of roots) reach(manifest, key, seen)
  const files = new Set([...seen].map((key) => manifest[key].file))
  return [...files].map((file) => ({ file, bytes: gzipSync(readFileSync(new URL(file, DIST)), { level: 9 }).length })).sort((a, b) => b.bytes - a.bytes)
}

let over = false
for (const visit of VISITS) {
  const chunks = measure(visit)
  const total = chunks.reduce((sum, c) => sum + c.bytes, 0) / 1000
  over ||= total > visit.limit
  process.stdout.write(`${visit.name}: ${total.toFixed(1)} kB gzip of ${visit.limit} (${chunks.length} files)\n`)
  if (process.argv.includes('--list')) for (const c of chunks) process.stdout.write(`  ${(c.bytes / 1000).toFixed(1).padStart(7)}  ${c.file}\n`)
}
if (over) {
  process.stderr.write('first load over budget\n')
  process.exit(1)
}
