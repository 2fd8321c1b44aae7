/** One box over everything: each kind of object is asked in parallel; a kind the role may not read simply stays empty. */
import { api, unwrap } from '@/api/client'

interface Hit {
  to: string
  title: string
  note: string
}

export interface HitGroup {
  name: 'cases' | 'items' | 'units' | 'people'
  hits: Hit[]
}

const LIMIT = 6

async function cases(q: string): Promise<Hit[]> {
  const { items } = await unwrap(api.GET('/api/v1/cases', { params: { query: { q, limit: LIMIT } } }))
  return items.map((c) => ({ to: `/cases/${c.id}`, title: c.title, note: c.no }))
}

async function rectification(q: string): Promise<Hit[]> {
  const { items } = await unwrap(api.GET('/api/v1/rectification-items', { params: { query: { q, limit: LIMIT } } }))
  return items.map((i) => ({ to: `/rectification/${i.id}`, title: i.title, note: i.no }))
}

async function units(q: string): Promise<Hit[]> {
  const { items } = await unwrap(api.GET('/api/v1/units/tree'))
  return items.filter((u) => u.name.includes(q) || u.short_name.includes(q)).slice(0, LIMIT).map((u) => ({ to: `/units/${u.id}`, title: u.name, note: u.code }))
}

async function people(q: string): Promise<Hit[]> {
  const { items } = await unwrap(api.GET('/api/v1/people', { params: { query: { q, limit: LIMIT } } }))
  return items.map((p) => ({ to: `/people/${p.id}`, title: p.name, note: p.posts.map((post) => `${post.unit.name} ${post.title}`).join('、') }))
}

export async function searchEverywhere(q: string): Promise<HitGroup[]> {
  const [c, i, u, p] = await Promise.allSettled([cases(q), rectification(q), units(q), people(q)])
  const hits = (result: PromiseSettledResult<Hit[]>) => (result.status === 'fulfilled' ? result.value : [])
  return [{ name: 'cases', hits: hits(c) }, { name: 'items', hits: hits(i) }, { name: 'units', hits: hits(u) }, { name: 'people', hits: hits(p) }]
}
