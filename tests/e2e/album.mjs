/** Pictures of every page, to be looked at: desk and phone, light and dark, Chinese and English. `npm --prefix frontend run album`. */
import { DESK, openBrowser, openWindow, PHONE, settled, shoot, signIn } from './people.mjs'
import { ARTIFACTS } from './place.mjs'
import { startServer } from './server.mjs'

const complaints = []
const server = await startServer()
const browser = await openBrowser()
const open = (more = {}) => openWindow(browser, { base: server.base, complaints, ...more })

/** The address that the first row of a list leads to. */
async function first(page, list) {
  await page.goto(list)
  await settled(page)
  return page.locator('tbody tr a').first().getAttribute('href')
}

async function tour(page, name, addresses) {
  for (const [part, address] of Object.entries(addresses)) {
    await page.goto(address)
    await page.evaluate(() => document.fonts.ready)
    await shoot(page, `album-${part}-${name}`)
  }
}

async function officials() {
  const office = await open()
  await signIn(office, 'office')
  const pages = {
    desk: '/desk', cases: '/cases', case: await first(office, '/cases?status=closed'), handling: await first(office, '/cases?status=handling'), items: '/rectification', item: await first(office, '/rectification'),
    'new-item': '/rectification/new', units: '/units', people: '/people', person: await first(office, '/people?q=韩青'), bodies: '/bodies', body: await first(office, '/bodies'), account: '/account', forbidden: '/cases/new', missing: '/nowhere', nothing: '/cases?q=没有这样的案件',
  }
  await tour(office, 'light', pages)
  await office.evaluate(() => localStorage.setItem('xn.mode', 'dark'))
  await tour(office, 'dark', pages)
  await office.evaluate(() => {
    localStorage.setItem('xn.mode', 'light')
    localStorage.setItem('xn.locale', 'en')
  })
  await tour(office, 'english', pages)
  await office.context().close()
}

async function others() {
  const stranger = await open()
  await tour(stranger, 'light', { login: '/login' })
  const operator = await open()
  await signIn(operator, 'operator')
  await tour(operator, 'light', { intake: '/cases/new', 'desk-operator': '/desk' })
  const liaison = await open()
  await signIn(liaison, 'cg.liaison')
  await tour(liaison, 'light', { 'desk-liaison': '/desk' })
  const citizen = await open({ viewport: PHONE })
  const portal = { portal: '/portal/', submit: '/portal/submit', track: '/portal/track', rate: '/portal/rate' }
  await tour(citizen, 'light', portal)
  await citizen.emulateMedia({ colorScheme: 'dark' })
  await tour(citizen, 'dark', portal)
}

try {
  await officials()
  await others()
  if (complaints.length) throw new Error(complaints.join('\n'))
  process.stdout.write(`The pictures (${DESK.width} and ${PHONE.width} px) are in ${ARTIFACTS}\n`)
} finally {
  await browser.close()
  await server.stop()
}
