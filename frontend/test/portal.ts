/** Drives the whole portal the way a person does: by what is written on the screen. */
import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { http, HttpResponse, type JsonBodyType } from 'msw'
import { afterEach, expect, vi } from 'vitest'
import { createMemoryHistory, type Router } from 'vue-router'

import App from '@/portal/App.vue'
import { createPortalRouter } from '@/portal/router'
import { startSpeech } from '@/portal/speech'

import { server } from './server'

enableAutoUnmount(afterEach)

export const RECEIPT = { number: '48210936', secret: '73025518640917382645' }

const CATEGORIES = {
  scheme: 'case_category',
  version: 1,
  items: [
    { code: 'env', name: '环境保护', parent_code: null, sort: 1 },
    { code: 'env.noise', name: '噪声', parent_code: 'env', sort: 1 },
    { code: 'city', name: '城市管理', parent_code: null, sort: 2 },
    { code: 'city.lamp', name: '路灯', parent_code: 'city', sort: 1 },
  ],
}

export function accepted() {
  return { no: '2026-11-0412', receipt: RECEIPT, promises: [{ kind: 'finish', due_at: '2026-11-26T17:30:00+08:00', provisional: false }] }
}

export function problem(status: number, code: string, extra: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  return HttpResponse.json({ type: 'about:blank', title: '标题', status, code, request_id: 'r1', errors: [], ...extra }, { status, headers })
}

export interface Sent {
  key: string | null
  body: Record<string, unknown>
}

/** Answers a POST and remembers what came. */
export function onPost(path: string, answer: (sent: Sent, all: Sent[]) => Response | JsonBodyType): Sent[] {
  const all: Sent[] = []
  server.use(http.post(`*/api/v1/public/${path}`, async ({ request }) => {
    const sent = { key: request.headers.get('Idempotency-Key'), body: (await request.json()) as Record<string, unknown> }
    all.push(sent)
    const made = answer(sent, all)
    return made instanceof Response ? made : HttpResponse.json(made)
  }))
  return all
}

export class Portal {
  constructor(readonly page: VueWrapper, readonly router: Router) {}

  static async open(path = '/'): Promise<Portal> {
    server.use(http.get('*/api/v1/public/taxonomies/case_category', () => HttpResponse.json(CATEGORIES)))
    await startSpeech()
    const router = createPortalRouter(createMemoryHistory())
    await router.push(path)
    const portal = new Portal(mount(App, { attachTo: document.body, global: { plugins: [router] } }), router)
    await flushPromises()
    return portal
  }

  get heading(): string {
    return this.page.get('h1').text()
  }

  get text(): string {
    return this.page.get('main').text()
  }

  get dialog(): HTMLDialogElement | null {
    return document.querySelector('dialog')
  }

  private target(words: string): HTMLElement {
    const found = [...document.querySelectorAll<HTMLElement>('button, a')].find((e) => e.textContent.trim() === words || e.getAttribute('aria-label') === words)
    if (!found) throw new Error(`nothing called “${words}” on: ${document.body.textContent}`)
    return found
  }

  async press(words: string): Promise<void> {
    this.target(words).click()
    await this.settle()
  }

  async choose(words: string): Promise<void> {
    const label = this.page.findAll('label').find((l) => l.text().startsWith(words))
    if (!label) throw new Error(`no choice “${words}” on: ${this.text}`)
    await label.get('input').setValue(true)
    await this.settle()
  }

  async fill(id: string, value: string): Promise<void> {
    await this.page.get(`#${id}`).setValue(value)
  }

  /** Until nothing is being sent or fetched any more. */
  async settle(): Promise<void> {
    await flushPromises()
    await vi.waitFor(() => expect(this.text).not.toMatch(/正在(发送|提交|查|取)/))
    await flushPromises()
  }

  /** Waits until the heading says so. */
  async sees(heading: string): Promise<void> {
    await vi.waitFor(() => expect(this.heading).toBe(heading))
    await this.settle()
  }
}

export const ACCOUNT = '市场外面的喇叭每天吵到半夜。希望有人来管一管。'

/** From the first question to the review, as a person who leaves a phone number. */
export async function toReview(portal: Portal, contact: 'named' | 'anonymous' = 'named', kind = '投诉'): Promise<void> {
  await portal.choose(kind)
  await portal.press('下一步')
  await portal.fill('content', ACCOUNT)
  await portal.press('下一步')
  await portal.press('不清楚，跳过')
  await portal.fill('place', '城南路 18 号')
  await portal.press('下一步')
  await portal.choose(contact === 'named' ? '实名，留下联系方式' : '匿名，不留联系方式')
  if (contact === 'named') await portal.fill('phone', '138 0000 0000')
  await portal.press('下一步')
  await portal.sees('请核对，没有问题就发送')
}
