/** People at their screens: a browser window each, signed in, and everything their browser complained about. */
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'

import { ARTIFACTS, axe, chromium } from './place.mjs'
import { PASSWORD } from './server.mjs'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync', '--disable-component-update', '--disable-quic']
const PATIENCE_MS = 30_000
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
export const DESK = { width: 1440, height: 900 }
export const PHONE = { width: 360, height: 780 }

export async function openBrowser() {
  await mkdir(ARTIFACTS, { recursive: true })
  return chromium.launch({ executablePath: process.env.XN_CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
}

/** A complaint is a script error or a violation of the content security policy. */
function listen(page, complaints) {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`)
  })
}

/** A window whose clock is `ahead` milliseconds before the machine's, as the server's may be. */
export async function openWindow(browser, { base, viewport = DESK, complaints, ahead = 0, ...more }) {
  const context = await browser.newContext({ baseURL: base, viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', ...more })
  context.setDefaultTimeout(PATIENCE_MS)
  if (ahead) await context.clock.setSystemTime(Date.now() + ahead)
  const page = await context.newPage()
  listen(page, complaints)
  return page
}

export async function signIn(page, login) {
  await page.goto('/login')
  await page.fill('input[name=username]', login)
  await page.fill('input[name=password]', PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL('**/desk')
}

/** Until nothing on the page is a placeholder any more. */
export async function settled(page) {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('h1') !== null && [...document.querySelectorAll('.skeleton, [aria-busy=true]')].every((e) => e.offsetParent === null))
}

/** The page as it looks on a desk and on a phone; it must never be wider than the screen. */
export async function shoot(page, name, sizes = [DESK, PHONE]) {
  const before = page.viewportSize()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await settled(page)
    // What floats over the page finds its new place a moment after the screen has changed.
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, undefined, { timeout: 3_000 }).catch(() => undefined)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    const fullPage = !(await page.getByRole('dialog').filter({ visible: true }).count())
    await page.screenshot({ path: `${ARTIFACTS}${name}-${size.width}.png`, fullPage })
    assert.ok(wide <= 0, `${name} is ${wide} px wider than a screen of ${size.width} px`)
  }
  await page.setViewportSize(before)
}

/** Colours follow a change of scheme through chained transitions, even where motion is reduced: judged is where they come to rest. */
async function atRest(page) {
  await page.waitForFunction(async () => {
    for (let still = 0; still < 5; still += 1) {
      await new Promise(requestAnimationFrame)
      if (document.getAnimations().some((one) => one instanceof CSSTransition)) return false
    }
    return true
  })
}

/** What axe finds against WCAG 2.2 AA, in light and in dark. */
export async function faults(page, name) {
  const found = []
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    await atRest(page)
    await page.evaluate(axe.source)
    const violations = await page.evaluate(async (values) => (await globalThis.axe.run(document, { runOnly: { type: 'tag', values } })).violations, RULES)
    found.push(...violations.flatMap((v) => v.nodes.map((n) => `${name} ${colorScheme}: ${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary.slice(0, 300)}`)))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}
