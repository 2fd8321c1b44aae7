/** What all steps share: one server, one browser, one window for each person, and what the browsers complained about. */
import { after, before, it as test } from 'node:test'

import { openBrowser, openWindow, PHONE, signIn } from './people.mjs'
import { ARTIFACTS } from './place.mjs'
import { startServer } from './server.mjs'

export const complaints = []
/** What one step finds and a later one needs: addresses and the receipt. */
export const found = {}
export const stage = {}
const windows = {}

before(async () => {
  stage.server = await startServer()
  stage.browser = await openBrowser()
})
after(async () => {
  await stage.browser?.close()
  await stage.server?.stop()
})

const open = (more = {}) => openWindow(stage.browser, { base: stage.server.base, complaints, ahead: stage.ahead, ...more })

/** The window of somebody with this login; it stays open from step to step. */
export async function as(login) {
  if (!windows[login]) {
    windows[login] = await open()
    await signIn(windows[login], login)
  }
  return windows[login]
}

/** Moves the clock of the server, its worker and every screen. Nobody's session lives that long: everybody signs in anew. */
export async function moveClock(...args) {
  await Promise.all(Object.values(windows).map((page) => page.context().close()))
  for (const login of Object.keys(windows)) delete windows[login]
  const shown = await stage.server.clock(...args)
  stage.ahead = Date.parse(shown) - Date.now()
  return shown
}

/** A citizen's telephone, new each time: nothing is remembered from before. */
export const phone = () => open({ viewport: PHONE, isMobile: true, hasTouch: true })

/** Each step stands on the one before: after a failure the rest is skipped, with a picture of every window as it was. */
let broken = false
export function step(name, run) {
  test(name, async (t) => {
    if (broken) return t.skip('an earlier step failed')
    broken = true
    try {
      await run()
    } catch (error) {
      for (const [login, page] of Object.entries(windows)) await page.screenshot({ path: `${ARTIFACTS}failed-${login}.png` }).catch(() => undefined)
      throw error
    }
    broken = false
  })
}
