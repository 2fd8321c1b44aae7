/** What an entry of the timeline changed, in words. Each feature says how it reads its own fields; others are left out. */
export type Readers = Record<string, (value: unknown) => string>

export function describe(changes: Readonly<Record<string, unknown>>, readers: Readers): string {
  const said = Object.entries(changes).map(([field, value]) => (value === null || value === undefined ? '' : (readers[field]?.(value) ?? '')))
  return said.filter(Boolean).join(' · ')
}
