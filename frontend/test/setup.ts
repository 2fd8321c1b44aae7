import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'

import { server } from './server'

/** A warning of Vue or of a library is a fault of ours. */
const complaints: string[] = []

beforeEach(() => {
  complaints.length = 0
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockImplementation((...said: unknown[]) => void complaints.push(said.map(String).join(' ')))
})
afterEach(() => expect(complaints).toEqual([]))

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  server.resetHandlers()
  localStorage.clear()
  sessionStorage.clear()
  document.body.innerHTML = ''
})
afterAll(() => server.close())
