import { http, HttpResponse } from 'msw'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { server } from '#test/server'

import { listen, readEvents, type StreamEvent } from './stream'
import { keepToken } from './token'

function bytes(parts: string[]): ReadableStream<Uint8Array> {
  const raw = new TextEncoder().encode(parts.join(''))
  let at = 0
  // Seven bytes at a time: events and even characters are cut in the middle.
  return new ReadableStream({ pull: (c) => (at < raw.length ? c.enqueue(raw.slice(at, (at += 7))) : c.close()) })
}

afterEach(() => keepToken(null))

describe('readEvents', () => {
  it('puts events together from any cut of the bytes', async () => {
    const heard: StreamEvent[] = []
    await readEvents(bytes(['event: notification\ndata: {"title":"有新派件"}\n\n', ': comment\n\n', 'event: changed\r\ndata: {"subject_type":"case",\r\ndata: "subject_id":"c1"}\r\n\r\n', 'event: ping\ndata: {}\n\nevent: cut\ndata: {']), (e) => heard.push(e))
    expect(heard).toEqual([{ event: 'notification', data: { title: '有新派件' } }, { event: 'changed', data: { subject_type: 'case', subject_id: 'c1' } }, { event: 'ping', data: {} }])
  })

  it('skips what is no JSON instead of stopping', async () => {
    const heard: StreamEvent[] = []
    await readEvents(bytes(['data: nonsense\n\n', 'event: ok\ndata: 1\n\n']), (e) => heard.push(e))
    expect(heard).toEqual([{ event: 'ok', data: 1 }])
  })
})

describe('listen', () => {
  it('sends the token and stops when told to', async () => {
    keepToken('t')
    const stop = new AbortController()
    const heard: string[] = []
    let token: string | null = null
    server.use(http.get('*/api/v1/notifications/stream', ({ request }) => {
      token = request.headers.get('Authorization')
      return new HttpResponse('event: ping\ndata: {}\n\n', { headers: { 'Content-Type': 'text/event-stream' } })
    }))
    const done = listen(({ event }) => {
      heard.push(event)
      stop.abort()
    }, vi.fn(), stop.signal)
    await done
    expect(heard).toEqual(['ping'])
    expect(token).toBe('Bearer t')
  })
})
