/** Supervision: a leader's instruction to a person and to a unit until it is accepted; a listing until its conclusion is public. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'

import { confirm, openByTitle, pickOption, pickUnit, sees, timeline, write } from './console.mjs'
import { faults, settled, shoot } from './people.mjs'
import { sendHotlineEvent } from './server.mjs'
import { as, complaints, found, phone, stage, step } from './stage.mjs'

const TITLE = '滨河步道塌陷两个月没有修'
const TOLD = '三日内拿出方案，先围挡后修复。'
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** Somebody's window on the case. */
async function at(login, address = found.supervised) {
  const page = await as(login)
  await page.goto(address)
  await settled(page)
  return page
}

/** One step of an instruction or a listing, with what its form asks. */
async function act(page, action, answers = {}) {
  const direct = page.getByRole('button', { name: action, exact: true }).first()
  const more = page.getByRole('button', { name: '更多' }).first()
  await direct.or(more).first().waitFor()
  if (await direct.count()) await direct.click()
  else {
    await more.click()
    await page.getByRole('menuitem', { name: action, exact: true }).click()
  }
  for (const [label, text] of Object.entries(answers)) await write(page, label, text)
  await confirm(page, action)
}

describe('a case under supervision', { concurrency: false }, () => {
  step('a leader instructs a unit and a person; it stands on the desk of whoever must act, with its clock', async () => {
    const secret = await stage.server.source('E2E6')
    const data = { external_no: 'E2E6-1', kind: '投诉', title: TITLE, content: '滨河步道塌陷两个月，只拉了一条绳子，晚上看不见。', identity: '保密', caller: { name: '何敏', phone: '13900006666' } }
    assert.equal((await sendHotlineEvent({ base: stage.server.base, source: 'E2E6', secret, type: 'case.created', data })).status, 202)
    const operator = await as('operator')
    found.supervised = await openByTitle(operator, '/cases?status=registered', TITLE)
    await sees(operator, '要求保密，不显示')
    await operator.getByRole('button', { name: '派发', exact: true }).click()
    await pickUnit(operator, '承办单位', '区城市管理局')
    await confirm(operator, '派发')
    await sees(operator, '待签收')
    const leader = await at('leader')
    await leader.getByRole('link', { name: '作出批示' }).click()
    await write(leader, '批示内容', TOLD)
    await pickUnit(leader, '批示给哪些单位', '区住房和城乡建设局')
    await pickUnit(leader, '批示给个人：选择单位', '区城市管理局')
    await pickOption(leader, '批示给个人', /万里/)
    await shoot(leader, '60-instruct')
    await confirm(leader, '作出批示')
    await sees(leader, TOLD, /万里/)
    const handler = await at('cg.handler', '/desk')
    await sees(handler, TOLD, /还剩/)
    await shoot(handler, '61-desk-instructed')
    assert.deepEqual(await faults(handler, 'a desk with an instruction'), [])
  })

  step('the person reports, the office has more done, and the second report is accepted', async () => {
    const handler = await as('cg.handler')
    await handler.getByRole('link', { name: '反馈落实情况' }).click()
    await act(handler, '反馈落实情况', { 落实情况: '已加装围挡和夜间警示灯。' })
    await sees(handler, '待审核')
    await handler.goto('/desk')
    await settled(handler)
    assert.equal(await handler.locator('.work').getByText(TOLD).count(), 0, 'what is reported is off the desk')
    const office = await at('office', '/desk')
    await office.getByRole('link', { name: '采纳反馈' }).click()
    await act(office, '退回补办', { 理由: '没有修复的日期。' })
    await at('cg.handler', '/supervision/instructions')
    await act(handler, '反馈落实情况', { 落实情况: '围挡已完成，本月二十日前修复。' })
    await at('office', '/supervision/instructions')
    await shoot(office, '62-instructions')
    assert.deepEqual(await faults(office, 'instructions'), [])
    await act(office, '采纳反馈', { 审核意见: '按此办理。' })
    await at('office')
    const history = (await timeline(office)).join('\n')
    for (const what of ['作出批示', '反馈落实情况', '退回补办', '采纳反馈']) assert.match(history, new RegExp(what))
  })

  step('it is listed with a leader in charge, the unit reports, and its conclusion is public', async () => {
    const office = await at('office')
    await office.getByRole('link', { name: '提请挂牌' }).click()
    await pickUnit(office, '包案领导：选择单位', '区人民政府办公室')
    await pickOption(office, '包案领导', /秦望舒/, 1)
    await write(office, '挂牌理由', '群众反复反映，存在安全隐患。')
    await office.getByRole('dialog').getByLabel('限期办结', { exact: true }).fill(day(40))
    await office.keyboard.press('Enter')
    await confirm(office, '提请挂牌')
    await office.getByRole('link', { name: TITLE }).click()
    await office.waitForURL('**/supervision/listings/*')
    const listing = office.url()
    const leader = await at('leader', listing)
    await act(leader, '批准挂牌')
    await sees(leader, '挂牌中')
    await act(await at('cg.liaison', listing), '报送本周进展', { 本周进展: '已进场开挖，管线改移完成。' })
    await at('office', listing)
    await act(office, '记录定案会议', { 会议日期: day(0), 主持人: '秦望舒', 会议决定: '本月底前修复开放。' })
    await act(office, '撰写公开内容', { 公开标题: '滨河步道塌陷', 公开内容: '滨河步道一处塌陷，限期修复。' })
    await act(await at('leader', listing), '复核并发布')
    await at('office', listing)
    await act(office, '申请摘牌', { 摘牌结论: '塌陷段已修复并重新开放。' })
    await at('leader', listing)
    await shoot(leader, '63-unlisting')
    assert.deepEqual(await faults(leader, 'a listing'), [])
    await act(leader, '批准摘牌')
    await sees(leader, '已摘牌')
    const citizen = await phone()
    await citizen.goto('/portal/listed')
    await citizen.getByText('塌陷段已修复并重新开放。').waitFor()
    assert.equal(await citizen.getByText('何敏').count(), 0)
    await shoot(citizen, '64-portal-listed')
    await citizen.context().close()
    assert.deepEqual(complaints, [])
  })
})
