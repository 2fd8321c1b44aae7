/**
 * Accessibility of the running product: signs in, opens the main pages at desk and phone width, light and dark, and runs axe.
 * Usage: XN_LOGIN=… XN_PASSWORD=… npm run axe -- http://127.0.0.1:8000   (XN_CHROMIUM names the browser when it is not /usr/bin/chromium)
 */
import axe from 'axe-core'
import { chromium } from 'playwright-core'

const base = process.argv[2] ?? 'http://127.0.0.1:8000'
const PAGES = ['/desk', '/cases', '/cases/new', '/rectification', '/units', '/account']
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync', '--disable-component-update', '--disable-quic']

const browser = await chromium.launch({ executablePath: process.env.XN_CHROMIUM ?? '/usr/bin/chromium', args: ARGS })
let faults = 0

async function judge(page, name) {
  await page.waitForSelector('h1', { timeout: 15_000 })
  await page.waitForFunction(() => !document.querySelector('[role=status][aria-label]'), undefined, { timeout: 10_000 }).catch(() => undefined)
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async (rules) => (await globalThis.axe.run(document, { runOnly: rules })).violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 160)) })), RULES)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  if (wide) violations.push({ id: 'overflow', help: 'the page is wider than the screen', nodes: [] })
  for (const { id, help, nodes } of violations) {
    faults += 1
    process.stdout.write(`${name}: ${id}: ${help}\n${nodes.slice(0, 3).map((html) => `    ${html}\n`).join('')}`)
  }
}

async function signIn(page) {
  await page.goto(`${base}/login`)
  await judge(page, 'login')
  await page.fill('input[name=username]', process.env.XN_LOGIN ?? 'demo')
  await page.fill('input[name=password]', process.env.XN_PASSWORD ?? 'demo')
  await page.click('button[type=submit]')
  await page.waitForURL('**/desk')
}

/** The first object of a list, so that object pages are judged too. */
async function firstOf(page, list) {
  await page.goto(`${base}${list}`)
  const link = page.locator('tbody a').first()
  await link.waitFor({ timeout: 10_000 }).catch(() => undefined)
  return (await link.count()) ? await link.getAttribute('href') : null
}

for (const width of [1440, 360]) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true })
    const page = await context.newPage()
    await signIn(page)
    const objects = [await firstOf(page, '/cases'), await firstOf(page, '/rectification')].filter(Boolean)
    for (const path of [...PAGES, ...objects]) {
      await page.goto(`${base}${path}`)
      await judge(page, `${path} ${width} ${colorScheme}`)
    }
    await context.close()
  }
}
await browser.close()
process.stdout.write(`${faults} faults\n`)
process.exit(faults === 0 ? 0 : 1)
