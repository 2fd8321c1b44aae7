/** The rows of the organization tree: which units are visible, how deep, in which order. */
import type { UnitNode } from '@/api/types'

export interface TreeRow {
  unit: UnitNode
  depth: number
}

export function childrenOf(units: readonly UnitNode[]): Map<string | null, UnitNode[]> {
  const known = new Set(units.map((u) => u.id))
  const children = new Map<string | null, UnitNode[]>()
  for (const unit of units) {
    const parent = unit.parent_id !== null && known.has(unit.parent_id) ? unit.parent_id : null
    children.set(parent, [...(children.get(parent) ?? []), unit])
  }
  return children
}

export function ancestors(units: readonly UnitNode[], id: string): string[] {
  const byId = new Map(units.map((u) => [u.id, u]))
  const found: string[] = []
  for (let at = byId.get(id)?.parent_id; at && !found.includes(at); at = byId.get(at)?.parent_id) found.push(at)
  return found
}

function matches(units: readonly UnitNode[], text: string): Set<string> {
  const wanted = text.trim().toLowerCase()
  const hits = units.filter((u) => [u.name, u.short_name, u.code].some((word) => word.toLowerCase().includes(wanted)))
  return new Set(hits.flatMap((u) => [u.id, ...ancestors(units, u.id)]))
}

/** Open branches; with a text, the matches and the way to each of them. */
export function visibleRows(units: readonly UnitNode[], open: ReadonlySet<string>, text: string): TreeRow[] {
  const children = childrenOf(units)
  const kept = text.trim() === '' ? null : matches(units, text)
  const walk = (parent: string | null, depth: number): TreeRow[] =>
    (children.get(parent) ?? [])
      .filter((unit) => kept === null || kept.has(unit.id))
      .flatMap((unit) => [{ unit, depth }, ...(kept !== null || open.has(unit.id) ? walk(unit.id, depth + 1) : [])])
  return walk(null, 0)
}
