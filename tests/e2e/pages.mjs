/** The pages beside the chain, and what every page owes everybody: no violations of WCAG 2.2 AA, of the security policy, or in scripts. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'

import { report, track } from './citizen.mjs'
import { sees } from './console.mjs'
import { DESK, faults, openWindow, settled, shoot } from './people.mjs'
import { as, complaints, found, phone, stage, step } from './stage.mjs'

const path = (url) => new URL(url).pathname

describe('the other pages', { concurrency: false }, () => {
  step('the operator takes a call by keyboard alone and is ready for the next', async () => {
    const page = await as('operator')
    await page.goto('/cases/new')
    await page.locator('#intake-phone:focus').waitFor()
    await page.keyboard.type('13700002222')
    await page.locator('#intake-content').focus()
    await page.keyboard.type('望江社区健身器材损坏半年无人修。希望尽快更换。')
    await shoot(page, '11-intake')
    await page.keyboard.press('Control+Enter')
    await sees(page, /已登记 SQ/)
    assert.equal(await page.locator('#intake-content').inputValue(), '')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'intake-phone')
  })

  step('a list follows what happens elsewhere, without a reload', async () => {
    const page = await as('office')
    await page.goto('/cases?status=registered')
    await settled(page)
    const citizen = await phone()
    await report(citizen, { kind: '建议', content: '东湖公园北门希望增设夜间照明，晚上散步看不清路。', place: '东湖公园北门', phone: '138 0000 0000' })
    await shoot(citizen, '12-portal-review')
    await citizen.getByRole('button', { name: /^(提交|发送)/ }).click()
    await citizen.getByRole('heading', { name: '已经收到，请保存受理凭证' }).waitFor()
    await shoot(citizen, '13-portal-receipt')
    await citizen.context().close()
    await page.getByRole('link', { name: /东湖公园北门/ }).waitFor()
  })

  step('a notice leads to what it is about', async () => {
    const page = await as('cg.liaison')
    await page.goto('/desk')
    await page.getByRole('button', { name: /^通知/ }).click()
    await page.getByRole('button', { name: /新派发诉求/ }).first().click()
    await page.waitForURL('**/cases/*')
  })

  step('units show who leads them and who works there', async () => {
    const page = await as('office')
    await page.goto('/units')
    await page.getByRole('searchbox', { name: '搜索单位名称或代码' }).fill('城市管理局')
    await page.getByRole('treeitem').filter({ hasText: '区城市管理局' }).last().click()
    await sees(page, '程立', '罗知秋')
    await shoot(page, '14-units')
    await page.goto('/rectification')
    await shoot(page, '15-items')
  })

  step('every page passes WCAG 2.2 AA in light and dark', async () => {
    const stranger = await openWindow(stage.browser, { base: stage.server.base, complaints, viewport: DESK })
    const official = await as('office')
    const citizen = await phone()
    const all = []
    const look = async (page, address) => {
      await page.goto(address)
      all.push(...(await faults(page, path(page.url()))))
    }
    await look(stranger, '/login')
    await shoot(stranger, '16-login')
    for (const address of ['/desk', '/cases', '/rectification', '/units', '/people', '/bodies', found.case, found.item]) await look(official, address)
    await look(await as('operator'), '/cases/new')
    for (const address of ['/portal/', '/portal/submit', '/portal/track', '/portal/rate']) await look(citizen, address)
    await track(citizen, found.receipt)
    await citizen.getByRole('heading', { name: '办理经过' }).waitFor()
    all.push(...(await faults(citizen, 'an opened receipt')))
    assert.deepEqual(all, [])
  })

  step('no browser complained', async () => assert.deepEqual(complaints, []))
})
