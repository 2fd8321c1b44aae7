/** In the field: a phone that loses its network, a reload in between, and a colleague who was there first. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'

import { sees } from './console.mjs'
import { DESK, faults, PHONE, settled, shoot } from './people.mjs'
import { as, step } from './stage.mjs'

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
const LATE = '窗口无人值守十五分钟'
const line = (page, key) => page.locator(`li[data-key=${key}]`)
const press = (page, key, result) => line(page, key).getByRole('button', { name: result, exact: true }).click()

/** The sheet of the first unit of the inspection that is under way. */
async function onSite(login) {
  const page = await as(login)
  await page.setViewportSize(PHONE)
  await page.goto('/inspections?status=executing')
  await settled(page)
  await page.goto(await page.getByRole('link', { name: '政务服务窗口作风检查' }).first().getAttribute('href'))
  await settled(page)
  await page.goto(await page.getByRole('link', { name: '现场检查' }).first().getAttribute('href'))
  await settled(page)
  return page
}

describe('an inspector in the field', { concurrency: 1 }, () => {
  step('writes on without a network, and everything is kept on the device', async () => {
    const page = await onSite('inspector')
    await page.context().setOffline(true)
    await press(page, 'promise', '合格')
    await press(page, 'manners', '有问题')
    await page.getByRole('button', { name: '登记问题' }).click()
    await page.locator('select[name=code]').selectOption({ index: 1 })
    await page.fill('textarea[name=facts]', LATE)
    await page.fill('input[name=place]', '二楼社保窗口')
    await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PIXEL })
    await sees(page, '1 张照片')
    await page.getByRole('button', { name: '保存' }).click()
    await sees(page, '离线', '待上传 3', LATE)
    await shoot(page, 'field-offline', [PHONE])
  })

  step('finds it all again after a reload while the server cannot be reached', async () => {
    const page = await as('inspector')
    await page.route('**/api/v1/inspection-units/**', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await page.route('**/api/v1/files', (route) => route.abort())
    await page.context().setOffline(false)
    await page.reload()
    await settled(page)
    await sees(page, '待上传 3', LATE)
  })

  step('is told when a colleague was there first, and chooses', async () => {
    const colleague = await onSite('inspector2')
    await press(colleague, 'promise', '不适用')
    await sees(colleague, '沈砚秋')
    const page = await as('inspector')
    await page.unroute('**/api/v1/inspection-units/**')
    await page.unroute('**/api/v1/files')
    await page.getByRole('button', { name: '立即上传' }).click()
    await sees(page, '他人已填写这一项', '对方：不适用', '本机：合格')
    assert.deepEqual(await faults(page, 'field'), [])
    await shoot(page, 'field-clash', [PHONE])
    await page.getByRole('button', { name: '采用本机' }).click()
    await line(page, 'promise').locator('button[aria-pressed=true]', { hasText: '合格' }).waitFor()
    await page.waitForFunction(() => !document.body.textContent.includes('待上传'))
    await line(page, 'promise').locator('button[aria-pressed=true]', { hasText: '合格' }).waitFor()
    await page.setViewportSize(DESK)
    await page.getByRole('link', { name: '返回检查' }).click()
    await page.getByRole('link', { name: LATE }).click()
    await sees(page, LATE, '现场.png', '二楼社保窗口')
  })
})
