/** Repeating a draw in the reader's own browser, from the published file alone. */
import { sha256 } from './sha256'

export interface DrawFile {
  quotas: Record<string, number>
  pool: string[]
  pool_hash: string
  entropy: string | null
  refused: string[]
  drawn: string[]
}
export interface Verdict {
  pool: boolean
  /** Undefined before the entropy is out. */
  list: boolean | undefined
}

/** The labels of one category in the order in which they are drawn: by SHA-256 of the seed, a line break and the label. */
function ordered(entropy: string, poolHash: string, category: string, labels: readonly string[]): string[] {
  const seed = `${entropy} / ${poolHash} / ${category}\n`
  return labels
    .map((label) => [sha256(seed + label), label] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, label]) => label)
}

/** Who stands drawn: the first of each category without those who refused, as many as its quota. */
export function standing(file: DrawFile, entropy: string): string[] {
  const refused = new Set(file.refused)
  return Object.entries(file.quotas).flatMap(([category, quota]) => {
    const labels = file.pool.filter((line) => line.startsWith(`${category} `)).map((line) => line.slice(category.length + 1))
    return ordered(entropy, file.pool_hash, category, labels).filter((label) => !refused.has(label)).slice(0, quota)
  })
}

export function verify(file: DrawFile): Verdict {
  const pool = sha256([...file.pool].sort().join('\n')) === file.pool_hash
  if (file.entropy === null) return { pool, list: undefined }
  return { pool, list: standing(file, file.entropy).sort().join() === [...file.drawn].sort().join() }
}
