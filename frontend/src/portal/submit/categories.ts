/** The list of subjects: two levels for browsing, every level for searching. */
import type { Category } from '../shapes'

export interface Subject {
  code: string
  name: string
  /** 环境保护 › 噪声污染 › 夜间施工 */
  path: string
}

export interface SubjectGroup {
  code: string
  name: string
  /** What can be chosen when the group is opened. */
  subjects: Subject[]
  /** These and all below them. */
  all: Subject[]
}

/** A search shows no more than this; more words narrow it. */
export const SHOWN = 30

const bySort = (a: Category, b: Category) => a.sort - b.sort

/** First level with what is below it; a first-level entry without children is its own only subject. */
export function groupsOf(items: Category[]): SubjectGroup[] {
  const children = new Map<string | null, Category[]>()
  for (const item of [...items].sort(bySort)) children.set(item.parent_code, [...(children.get(item.parent_code) ?? []), item])

  const below = (parent: string, path: string): Subject[] =>
    (children.get(parent) ?? []).flatMap(({ code, name }) => [{ code, name, path: `${path} › ${name}` }, ...below(code, `${path} › ${name}`)])

  return (children.get(null) ?? []).map(({ code, name }) => {
    const self = { code, name, path: name }
    const all = below(code, name)
    const direct = new Set((children.get(code) ?? []).map((child) => child.code))
    return all.length === 0 ? { code, name, subjects: [self], all: [self] } : { code, name, subjects: all.filter((s) => direct.has(s.code)), all }
  })
}

/** Subjects whose path contains every word of the query; matches in the own name come first. */
export function findSubjects(groups: SubjectGroup[], query: string): Subject[] {
  const words = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const found = groups.flatMap((group) => group.all).filter((subject) => has(subject.path))
  return [...found.filter((s) => has(s.name)), ...found.filter((s) => !has(s.name))]
}
