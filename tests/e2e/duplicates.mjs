/** One matter reported three times: found at intake and on arrival, merged, one split off again; a closure disputed and handled again. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'

import { rate, track } from './citizen.mjs'
import { choose, confirm, openByTitle, pickUnit, press, sees, timeline, write } from './console.mjs'
import { faults, shoot } from './people.mjs'
import { sendHotlineEvent } from './server.mjs'
import { as, found, phone, stage, step } from './stage.mjs'

const PLACE = '和平路与新华街路口'
const TITLE = '和平路口红绿灯不亮'
const AGAIN = '新华街路口红绿灯坏了'
const OTHER = '和平路口红绿灯早上不亮'
const REPLY = '已更换信号机控制板，现已恢复正常。'

/** Somebody's window on the case that stands for the matter. */
async function at(login, address = found.matter) {
  const page = await as(login)
  await page.goto(address)
  return page
}

describe('one matter reported several times', { concurrency: false }, () => {
  step('two messages arrive, and the desk merges the later one with a reason', async () => {
    const secret = await stage.server.source('E2E3')
    for (const [external_no, title] of [['E2E3-1', TITLE], ['E2E3-2', OTHER]]) {
      const data = { external_no, kind: '投诉', title, content: `${PLACE}红绿灯不亮，车辆抢行。`, place: PLACE, caller: { name: '孙立', phone: '13900007777' } }
      assert.equal((await sendHotlineEvent({ base: stage.server.base, source: 'E2E3', secret, type: 'case.created', data })).status, 202)
    }
    const page = await as('operator')
    found.matter = await openByTitle(page, '/cases?status=registered', TITLE)
    found.duplicate = await openByTitle(page, '/cases?status=registered', OTHER)
    const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: TITLE }) })
    await sees(page, '同一来电人 · 地点相近')
    await shoot(page, '23-alike')
    await row.getByRole('button', { name: '并入这件' }).click()
    await write(page, '理由', '同一路口同一组信号灯。')
    await shoot(page, '24-merging')
    await page.getByRole('dialog').getByRole('button', { name: /^并入 / }).click()
    await sees(page, '已并入主件', '已并件')
    assert.deepEqual(await faults(page, 'merged case'), [])
  })

  step('the operator is told of it while taking down a call, and registers into it', async () => {
    const page = await as('operator')
    await page.goto('/cases/new')
    await page.getByText('匿名', { exact: true }).click()
    await page.fill('#intake-content', `${AGAIN}。早高峰没有人指挥，很危险。`)
    await page.fill('#intake-place', PLACE)
    const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: TITLE }) })
    await row.getByRole('button', { name: '并入这件' }).click()
    await sees(page, '登记后并入')
    await shoot(page, '25-intake-alike')
    await page.keyboard.press('Control+Enter')
    await sees(page, '，并入 ')
  })

  step('the case that stands for the matter shows both; one is split off and stands where it stood', async () => {
    const page = await at('operator')
    await sees(page, AGAIN, '同一路口同一组信号灯。')
    await shoot(page, '26-merged')
    assert.deepEqual(await faults(page, 'primary'), [])
    await page.goto(found.duplicate)
    await press(page, '拆分')
    await write(page, '理由', '来电人说的是南侧另一组灯。')
    await confirm(page, '拆分')
    await sees(page, '待派发')
    assert.match((await timeline(page)).join('\n'), /拆分/)
  })
})

describe('a closure that the citizen does not accept', { concurrency: false }, () => {
  step('the matter is answered once, and closed with a rating', async () => {
    const operator = await at('operator')
    await press(operator, '派发')
    await pickUnit(operator, '承办单位', '区城市管理局')
    await confirm(operator, '派发')
    await sees(operator, '待签收')
    await press(operator, '出具查询凭证')
    await confirm(operator, '出具查询凭证')
    const card = operator.getByRole('dialog', { name: '查询凭证' })
    await card.waitFor()
    const [number, secret] = await card.locator('dd').allTextContents()
    found.disputed = { number, secret }
    const liaison = await at('cg.liaison')
    await press(liaison, '签收')
    await sees(liaison, '办理中')
    await press(liaison, '记录联系')
    await choose(liaison, '联系上了')
    await write(liaison, '说明', '已电话联系。')
    await confirm(liaison, '记录联系')
    await press(liaison, '答复')
    await write(liaison, '答复内容', REPLY)
    await confirm(liaison, '答复')
    await sees(liaison, '已答复', '办结过快')
    const page = await phone()
    await track(page, found.disputed)
    await rate(page, { level: '满意', solved: '解决了', comment: '谢谢。' })
    await page.context().close()
  })

  step('the light fails again: the citizen disputes the closure on a phone, and the unit has it again', async () => {
    const page = await phone()
    await track(page, found.disputed)
    await sees(page, '可以提出异议')
    await shoot(page, '27-portal-closed')
    await page.getByRole('link', { name: '没有解决，提出异议' }).click()
    await page.fill('#words', '修好两天又不亮了，早上还是没有人指挥。')
    await shoot(page, '28-portal-dispute')
    assert.deepEqual(await faults(page, 'dispute'), [])
    await page.getByRole('button', { name: '提出异议，重新办理' }).click()
    await page.getByRole('heading', { name: '已经重新办理' }).waitFor()
    await page.getByRole('link', { name: '看进度' }).click()
    await page.getByRole('link', { name: '补充情况' }).click()
    await page.fill('#words', '补充：是东西方向的那一组。')
    await page.getByRole('button', { name: '发送补充' }).click()
    await page.getByRole('heading', { name: '已经收到您的补充' }).waitFor()
    await page.getByRole('link', { name: '看进度' }).click()
    await sees(page, '您补充了情况', '您提出异议，重新办理')
    await shoot(page, '29-portal-reopened')
    await page.context().close()
    const office = await at('office')
    await sees(office, '待签收', '虚假办结', '修好两天又不亮了')
    await shoot(office, '30-disputed')
    await office.goto('/cases?flag=false_closure')
    await office.getByRole('link', { name: TITLE }).waitFor()
  })
})
