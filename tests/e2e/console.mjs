/** How officials do things in the console: by what is written on the screen. */
import assert from 'node:assert/strict'

const dialog = (page) => page.getByRole('dialog')
const field = (page, label) => dialog(page).getByLabel(label, { exact: true })

/** Presses an action of the object page; it may be folded under “更多”. */
export async function press(page, action) {
  const bar = page.getByRole('group', { name: '可以做的事' }).first()
  await bar.waitFor()
  const direct = bar.getByRole('button', { name: action, exact: true })
  if (await direct.count()) return direct.click()
  await bar.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

/** Sends the open form; it closes when the server agreed. */
export async function confirm(page, action) {
  const form = page.getByRole('dialog', { name: action, exact: true })
  await form.getByRole('button', { name: action, exact: true }).click()
  await form.waitFor({ state: 'hidden' })
}

export async function write(page, label, text) {
  await field(page, label).fill(text)
}

export async function choose(page, label) {
  await dialog(page).getByText(label, { exact: true }).click()
}

export async function pickUnit(page, label, name) {
  await field(page, label).fill(name)
  await page.getByRole('treeitem').filter({ hasText: name }).last().getByText(name, { exact: true }).click()
}

/** One of a list, in the nth picker with that label. */
export async function pickOption(page, label, name, nth = 0) {
  await field(page, label).nth(nth).click()
  await page.getByRole('option', { name }).filter({ visible: true }).first().click()
}

/** Both the state and the words of the timeline, as the page shows them. */
export async function sees(page, ...texts) {
  for (const text of texts) await page.getByText(text).filter({ visible: true }).first().waitFor()
}

/** Opens the first row of the desk or a list that carries this title. */
export async function openByTitle(page, list, title) {
  await page.goto(list)
  await page.getByRole('link', { name: title }).first().click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  return page.url()
}

/** The timeline's entries, oldest first. */
export async function timeline(page) {
  const texts = await page.locator('.entries .what > p:first-child').allTextContents()
  assert.ok(texts.length > 0, 'the timeline is empty')
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).reverse()
}
