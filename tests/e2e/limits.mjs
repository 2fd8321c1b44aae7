/** A case with its limits: two units, a return, a designation, an extension, a pause, both warnings, and redone before it is good. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'

import { track } from './citizen.mjs'
import { choose, confirm, openByTitle, pickUnit, press, sees, timeline, write } from './console.mjs'
import { faults, settled, shoot } from './people.mjs'
import { sendHotlineEvent } from './server.mjs'
import { as, complaints, found, moveClock, phone, stage, step } from './stage.mjs'

const TITLE = '河西小学旁工地夜间施工扰民'
const REPLY = '已责令工地停止夜间作业，并安装噪声在线监测。'
const AGAIN = '已约谈施工单位，夜间施工许可收回，昨夜起无作业。'
const HOUR_MS = 3_600_000

/** The moment on the region's clock, as the command takes it. */
const local = (ms) => new Date(ms + 8 * HOUR_MS).toISOString().slice(0, 19)

/** Half past nine on the next day that is neither Saturday nor Sunday. */
function nextMorning() {
  const day = new Date(Date.now() + 8 * HOUR_MS + 24 * HOUR_MS)
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  return `${day.toISOString().slice(0, 10)}T09:30:00`
}

/** Somebody's window on the case. */
async function at(login) {
  const page = await as(login)
  await page.goto(found.limited)
  return page
}

async function say(page, action, label, text) {
  await press(page, action)
  await write(page, label, text)
  await confirm(page, action)
}

/** The limit for finishing as the API has it now. */
async function finish() {
  const id = found.limited.split('/').at(-1)
  const token = await stage.server.token('operator')
  const answer = await fetch(`${stage.server.base}/api/v1/cases/${id}`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.status, 200)
  return (await answer.json()).clocks.find((clock) => clock.kind === 'finish')
}

const due = async () => Date.parse((await finish()).due_at)

const ofRequest = (page, action) => page.getByRole('group').getByRole('button', { name: action, exact: true }).last()

/** The head of the unit agrees to what was asked for, and the office grants it. */
async function grant(decision) {
  const head = await at('cg.head')
  await ofRequest(head, '同意').click()
  await sees(head, '待批准')
  const office = await at('office')
  await ofRequest(office, '批准').waitFor()
  if (decision.picture) await shoot(office, decision.picture)
  await ofRequest(office, '批准').click()
  await write(office, '批准意见', decision.text)
  await confirm(office, '批准')
  await sees(office, '已批准')
}

/** A notice of this case in the drawer; the worker looks for reached limits every five seconds. */
async function noticed(login, headline) {
  const page = await as(login)
  const notice = page.getByRole('button', { name: new RegExp(`${headline} · ${found.no}`) }).first()
  for (let tries = 0; tries < 15; tries++) {
    await page.goto('/desk')
    await settled(page)
    await page.getByRole('button', { name: /^通知/ }).click()
    if (await notice.waitFor({ timeout: 2_000 }).then(() => true, () => false)) return page
  }
  throw new Error(`${login} has no notice that begins with ${headline}`)
}

describe('a case and its limits', { concurrency: false }, () => {
  step('a message arrives on a working morning and goes to two units', async () => {
    assert.match(await moveClock('--to', nextMorning()), /T09:30:/)
    const secret = await stage.server.source('E2E4')
    const data = { external_no: 'E2E4-1', kind: '求助', title: TITLE, content: '工地连续三晚施工到凌晨两点，孩子第二天上课犯困，希望有人管。', place: '河西小学南侧工地', caller: { name: '许静', phone: '13900008888' } }
    const sent = await sendHotlineEvent({ base: stage.server.base, source: 'E2E4', secret, type: 'case.created', data })
    assert.equal(sent.status, 202)
    const page = await as('operator')
    found.limited = await openByTitle(page, '/cases?status=registered', TITLE)
    found.no = (await page.getByText(/^SQ\d+/).first().textContent()).trim()
    await press(page, '派发')
    await pickUnit(page, '承办单位', '区住房和城乡建设局')
    await pickUnit(page, '协办单位', '区生态环境分局')
    await shoot(page, '40-two-units')
    await confirm(page, '派发')
    await sees(page, '待签收', '区生态环境分局')
  })

  step('the leading unit returns it; the office designates another, which may not return it', async () => {
    await say(await at('zj.liaison'), '退回', '理由', '夜间施工噪声由城市管理局执法，不属于本局职责。')
    const office = await at('office')
    await press(office, '指定承办')
    await pickUnit(office, '承办单位', '区城市管理局')
    await write(office, '指定依据', '噪声污染防治职责分工，城市管理局负责夜间施工执法。')
    await write(office, '理由', '首派单位退回，职责在城市管理局。')
    await shoot(office, '41-designate')
    await confirm(office, '指定承办')
    await sees(office, '待签收', '指定依据：噪声污染防治职责分工')
    const liaison = await at('cg.liaison')
    await press(liaison, '签收')
    await sees(liaison, '办理中')
    assert.equal(await liaison.getByRole('button', { name: '退回', exact: true }).count(), 0)
    await press(liaison, '记录联系')
    await choose(liaison, '联系上了')
    await write(liaison, '说明', '已电话联系，今晚到现场测噪声。')
    await confirm(liaison, '记录联系')
  })

  step('the unit asks for more days; its head agrees, the office grants them, and the limit moves', async () => {
    const before = await due()
    const liaison = await at('cg.liaison')
    await press(liaison, '申请延期')
    await liaison.getByRole('dialog').getByLabel('延长多少').fill('3')
    await write(liaison, '理由', '需要连续三晚监测噪声取证。')
    await confirm(liaison, '申请延期')
    await sees(liaison, '待审核')
    await grant({ text: '同意延期三个工作日。', picture: '42-extension' })
    assert.ok((await due()) > before + 2 * 24 * HOUR_MS, 'the limit did not move')
  })

  step('it waits for an expert opinion, and goes on with the same time left', async () => {
    const liaison = await at('cg.liaison')
    await press(liaison, '申请中止')
    await write(liaison, '理由', '等待第三方噪声检测报告。')
    await confirm(liaison, '申请中止')
    await sees(liaison, '中止计时')
    await grant({ text: '同意，报告出来后恢复。' })
    const before = await finish()
    assert.equal(before.state, 'paused')
    await shoot(await at('cg.liaison'), '43-paused')
    await moveClock('--forward', '24')
    const again = await at('cg.liaison')
    await say(again, '恢复计时', '理由', '检测报告已出。')
    await sees(again, '申请中止')
    assert.equal((await finish()).state, 'running')
  })

  step('an hour before the limit the unit is warned in yellow', async () => {
    await moveClock('--to', local((await due()) - HOUR_MS))
    const desk = await noticed('cg.liaison', '黄色预警')
    await shoot(desk, '44-warned')
    const page = await at('cg.liaison')
    await sees(page, /还剩/)
    await shoot(page, '45-yellow')
  })

  step('an hour after it the warning is red, and the case stands in the list of late ones', async () => {
    await moveClock('--to', local((await due()) + HOUR_MS))
    await noticed('cg.liaison', '红色预警：已超期')
    const page = await at('cg.liaison')
    await sees(page, /已超/)
    await shoot(page, '46-red')
    assert.deepEqual(await faults(page, 'an overdue case'), [])
    await page.goto('/cases?due=overdue')
    await page.getByRole('link', { name: TITLE }).waitFor()
    await shoot(page, '47-late-list')
  })

  step('the other unit reports, the lead takes it over and replies; the caller is not content and it is done again', async () => {
    const other = await at('hb.liaison')
    const bar = other.getByRole('group', { name: /区生态环境分局/ })
    await bar.getByRole('button', { name: '签收', exact: true }).click()
    await bar.getByRole('button', { name: '反馈结果' }).click()
    await write(other, '办理结果', '昼夜噪声检测：夜间超标 8 分贝。')
    await confirm(other, '反馈结果')
    const liaison = await at('cg.liaison')
    await say(liaison, '答复', '答复内容', REPLY)
    await sees(liaison, '已答复')
    const operator = await at('operator')
    await press(operator, '出具查询凭证')
    await confirm(operator, '出具查询凭证')
    const card = operator.getByRole('dialog', { name: '查询凭证' })
    await card.waitFor()
    const [number, secret] = await card.locator('dd').allTextContents()
    found.limitedReceipt = { number, secret }
    await operator.goto(found.limited)
    await press(operator, '不满意，重办')
    await choose(operator, '没有解决')
    await choose(operator, '1 ★')
    await write(operator, '理由', '来电人说昨夜仍施工到一点。')
    await shoot(operator, '48-redo')
    await confirm(operator, '不满意，重办')
    await sees(operator, '办理中')
  })

  step('the citizen sees where it stands', async () => {
    const page = await phone()
    await track(page, found.limitedReceipt)
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
    await shoot(page, '49-portal-redone')
    assert.deepEqual(await faults(page, 'a redone receipt'), [])
    await page.context().close()
  })

  step('the second reply convinces, and the case is closed with its whole history', async () => {
    const liaison = await at('cg.liaison')
    await say(liaison, '答复', '答复内容', AGAIN)
    await sees(liaison, '已答复')
    const operator = await at('operator')
    await press(operator, '记录回访')
    await choose(operator, '已解决')
    await choose(operator, '5 ★')
    await confirm(operator, '记录回访')
    await sees(operator, '已办结')
    const history = (await timeline(operator)).join('\n')
    for (const what of ['派发', '退回', '指定承办', '签收', '延期', '中止', '恢复计时', '答复', '重办', '回访']) assert.match(history, new RegExp(what))
    await shoot(operator, '50-limits-closed')
    assert.deepEqual(await faults(operator, 'a closed case'), [])
    assert.deepEqual(complaints, [])
  })
})
