/**
 * One tab at a time. The refresh cookie is shared by all tabs of a browser and good for one use: two tabs that use the
 * same one look like a thief, and the server closes the session.
 */
const NAME = 'xn-refresh'
/** How long a tab that died may keep the others waiting. */
const HELD_MS = 10_000
const LOOK_MS = 40

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Turn {
  id: number
  until: number
}

function holder(): Turn | null {
  try {
    const turn = JSON.parse(localStorage.getItem(NAME) ?? 'null') as Turn | null
    return turn && turn.until > Date.now() ? turn : null
  } catch {
    return null
  }
}

/** Writes a claim, looks a moment later whether another tab wrote over it, and tries again if so. */
async function take(id: number): Promise<void> {
  while (holder()?.id !== id) {
    if (holder() === null) localStorage.setItem(NAME, JSON.stringify({ id, until: Date.now() + HELD_MS }))
    await pause(LOOK_MS)
  }
}

/** For plain-http intranets, where Web Locks do not exist: a claim in the storage that all tabs share. */
async function byStorage<T>(work: () => Promise<T>): Promise<T> {
  const id = Math.random()
  try {
    await take(id)
  } catch {
    return work()
  }
  try {
    return await work()
  } finally {
    if (holder()?.id === id) localStorage.removeItem(NAME)
  }
}

export async function oneTabAtATime<T>(work: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks
  return locks ? ((await locks.request(NAME, work)) as T) : byStorage(work)
}
