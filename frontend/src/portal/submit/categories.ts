/** The two-level list of subjects: grouped for browsing, flat for searching. */
import type { Category } from '../shapes'

export interface Subject {
  code: string
  name: string
  /** 环境保护 › 噪声 */
  path: string
}

export interface SubjectGroup {
  code: string
  name: string
  subjects: Subject[]
}

const bySort = (a: Category, b: Category) => a.sort - b.sort

/** First level with its second level; a first-level entry without children is its own only subject. */
export function groupsOf(items: Category[]): SubjectGroup[] {
  const top = items.filter((item) => item.parent_code === null).sort(bySort)
  return top.map(({ code, name }) => {
    const children = items.filter((item) => item.parent_code === code).sort(bySort)
    const subjects = children.map((child) => ({ code: child.code, name: child.name, path: `${name} › ${child.name}` }))
    return { code, name, subjects: subjects.length > 0 ? subjects : [{ code, name, path: name }] }
  })
}

/** Subjects whose name or group contains every word of the query; matches in the name come first. */
export function findSubjects(groups: SubjectGroup[], query: string): Subject[] {
  const words = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const all = groups.flatMap((group) => group.subjects).filter((subject) => has(subject.path))
  return [...all.filter((s) => has(s.name)), ...all.filter((s) => !has(s.name))]
}
