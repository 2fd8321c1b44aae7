/** SHA-256 (FIPS 180-4) in plain arithmetic: the browser's own exists in secure contexts only, and checking must work anywhere. */
const WORD = 2 ** 32

/** The first 32 bits of the fractional parts of roots of the first primes. */
function roots(count: number, root: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n += 1) {
    if (Array.from({ length: n - 2 }, (_, i) => i + 2).every((d) => n % d !== 0)) found.push(Math.floor((n ** (1 / root) % 1) * WORD))
  }
  return found
}
const K = roots(64, 3)
const H = roots(8, 2)
const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))
const at = (words: ArrayLike<number>, i: number) => words[i] ?? 0

function padded(bytes: Uint8Array): DataView {
  const length = Math.ceil((bytes.length + 9) / 64) * 64
  const block = new Uint8Array(length)
  block.set(bytes)
  block[bytes.length] = 0x80
  const view = new DataView(block.buffer)
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(length - 4, (bytes.length * 8) >>> 0)
  return view
}

function schedule(view: DataView, offset: number): Uint32Array {
  const w = new Uint32Array(64)
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(offset + i * 4)
  for (let i = 16; i < 64; i += 1) {
    const a = at(w, i - 15)
    const b = at(w, i - 2)
    w[i] = at(w, i - 16) + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + at(w, i - 7) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
  }
  return w
}

function mix(state: Uint32Array, w: Uint32Array): void {
  const s = Uint32Array.from(state)
  for (let i = 0; i < 64; i += 1) {
    const [a, b, c, d, e, f, g, h] = s as unknown as [number, number, number, number, number, number, number, number]
    const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + at(K, i) + at(w, i)
    const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    s.set([one + two, a, b, c, d + one, e, f, g])
  }
  s.forEach((word, i) => (state[i] = at(state, i) + word))
}

/** The hash of a text in UTF-8, as 64 hexadecimal digits. */
export function sha256(text: string): string {
  const view = padded(new TextEncoder().encode(text))
  const state = Uint32Array.from(H)
  for (let offset = 0; offset < view.byteLength; offset += 64) mix(state, schedule(view, offset))
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('')
}
