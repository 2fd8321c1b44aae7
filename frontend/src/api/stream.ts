/** Server-sent events read through fetch, because EventSource cannot send the bearer token. Reconnects with patience. */
import { api } from './client'

export interface StreamEvent {
  event: string
  data: unknown
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000

function parse(block: string): StreamEvent | null {
  const lines = block.split(/\r?\n/)
  const field = (name: string) => lines.filter((l) => l.startsWith(`${name}:`)).map((l) => l.slice(name.length + 1).trimStart())
  const data = field('data').join('\n')
  if (data === '') return null
  try {
    return { event: field('event')[0] ?? 'message', data: JSON.parse(data) }
  } catch {
    return null
  }
}

/** Cuts a byte stream into events; an unfinished block waits for its rest. */
export async function readEvents(body: ReadableStream<Uint8Array>, emit: (event: StreamEvent) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    rest += decoder.decode(chunk.value, { stream: true })
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = parse(block)
      if (event) emit(event)
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

async function listenOnce(emit: (event: StreamEvent) => void, signal: AbortSignal): Promise<boolean> {
  try {
    const { response } = await api.GET('/api/v1/notifications/stream', { parseAs: 'stream', signal })
    if (!response.ok || !response.body) return false
    await readEvents(response.body, emit)
    return true
  } catch {
    return false
  }
}

/** Listens until aborted; `reconnected` lets the caller ask for what it missed. */
export async function listen(emit: (event: StreamEvent) => void, reconnected: () => void, signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS
  while (!signal.aborted) {
    const heard = await listenOnce(emit, signal)
    wait = heard ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS)
    await pause(wait, signal)
    if (!signal.aborted) reconnected()
  }
}
