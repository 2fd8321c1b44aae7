/** What goes back and forth: returned and dispatched anew, redone, a plan and a close-out sent back; a second factor; another language and dark. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe } from 'node:test'

import { choose, confirm, openByTitle, pickOption, pickUnit, press, sees, timeline, write } from './console.mjs'
import { DESK, openWindow, shoot, signIn } from './people.mjs'
import { PASSWORD, sendHotlineEvent } from './server.mjs'
import { as, complaints, found, stage, step } from './stage.mjs'

const TITLE = '城东菜场占道经营影响通行'
const ITEM = '窗口工作人员一次性告知不到位'
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

/** A form with one text, sent. */
async function say(page, action, label, text) {
  await press(page, action)
  await write(page, label, text)
  await confirm(page, action)
}

async function dispatch(page, unit) {
  await press(page, '派发')
  await pickUnit(page, '承办单位', unit)
  await confirm(page, '派发')
}

/** The handler drafts, the liaison stands for it. */
async function reply(text) {
  await say(await at('cg.handler'), '拟写答复', '答复内容', text)
  const liaison = await at('cg.liaison')
  await press(liaison, '审核并答复')
  await confirm(liaison, '审核并答复')
  await sees(liaison, '已答复')
}

/** The six digits of an authenticator (RFC 6238), `steps` half minutes from now. */
function digits(secret, steps = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((char) => alphabet.indexOf(char).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', key).update(counter).digest()
  const code = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff
  return String(code % 1_000_000).padStart(6, '0')
}

/** Somebody's window on the case. */
async function at(login, address = found.second) {
  const page = await as(login)
  await page.goto(address)
  return page
}

describe('a case that goes back and forth', { concurrency: false }, () => {
  step('a unit returns what is not its business, and the desk dispatches anew', async () => {
    const secret = await stage.server.source('E2E2')
    const data = { external_no: 'E2E2-1', kind: '投诉', title: TITLE, content: '城东菜场门口每天早上摊贩占满人行道，推婴儿车过不去。', caller: { name: '吴敏', phone: '13900004321' } }
    assert.equal((await sendHotlineEvent({ base: stage.server.base, source: 'E2E2', secret, type: 'case.created', data })).status, 202)
    const operator = await as('operator')
    found.second = await openByTitle(operator, '/cases?status=registered', TITLE)
    await dispatch(operator, '区住房和城乡建设局')
    await sees(operator, '待签收')
    const wrong = await as('zj.liaison')
    await wrong.goto(found.second)
    await say(wrong, '退回', '理由', '占道经营由城市管理局负责，不属于本局职责。')
    await operator.goto(found.second)
    await sees(operator, '待派发', '占道经营由城市管理局负责')
    await dispatch(operator, '区城市管理局')
    await sees(operator, '待签收')
  })

  step('the liaison names a handler, the office urges, the handler replies', async () => {
    const liaison = await as('cg.liaison')
    await liaison.goto(found.second)
    await press(liaison, '指派承办人')
    await pickOption(liaison, '承办人', /万里/)
    await confirm(liaison, '指派承办人')
    await say(await at('office'), '催办', '理由', '群众再次来电，请尽快处理。')
    const handler = await at('cg.handler')
    await press(handler, '签收')
    await sees(handler, '办理中')
    await press(handler, '记录联系')
    await choose(handler, '没有联系上')
    await write(handler, '说明', '电话无人接听，短信已发。')
    await confirm(handler, '记录联系')
    await reply('已到现场劝离摊贩，早高峰安排专人值守。')
  })

  step('nobody answers the call back; the office has it redone, and then the caller is content', async () => {
    await say(await at('operator'), '记录未接通', '未接通的情况', '两次拨打无人接听。')
    const office = await at('office')
    await say(office, '发回重办', '理由', '只劝离一次没有长效措施，请补充。')
    await sees(office, '办理中')
    await reply('已在人行道划定禁停区并加装隔离栏，每日两次巡查。')
    const operator = await at('operator')
    await press(operator, '记录回访')
    await choose(operator, '已解决')
    await choose(operator, '5 ★')
    await confirm(operator, '记录回访')
    await sees(operator, '已办结')
    const history = (await timeline(operator)).join('\n')
    for (const what of ['退回', '指派承办人', '催办', '未接通', '发回重办', '回访']) assert.match(history, new RegExp(what))
    await shoot(operator, '21-case-redone')
  })
})

describe('an item that goes back and forth', { concurrency: false }, () => {
  step('the office opens it and sends the first plan back', async () => {
    const office = await as('office')
    await office.goto('/rectification/new')
    await office.locator('#item-title').fill(ITEM)
    await office.locator('#item-problem').fill('暗访发现三个窗口没有一次性告知所需材料，群众跑了两趟。')
    await office.getByRole('combobox', { name: '责任单位' }).fill('城市管理局')
    await office.getByRole('treeitem').filter({ hasText: '区城市管理局' }).last().getByText('区城市管理局', { exact: true }).click()
    await office.getByRole('button', { name: '立项' }).click()
    await office.getByRole('heading', { level: 1, name: ITEM }).waitFor()
    found.sentBack = office.url()
    const liaison = await at('cg.liaison', found.sentBack)
    await press(liaison, '报整改方案')
    const plan = liaison.getByRole('dialog')
    await plan.locator('#plan-target').fill('窗口一次性告知率达到百分之百。')
    await plan.locator('#plan-due').fill(day(30))
    await pickOption(liaison, '责任领导', /程立/)
    await pickOption(liaison, '具体责任人', /万里/)
    await plan.getByLabel('做什么').fill('印制一次性告知单并培训窗口人员')
    await pickOption(liaison, '责任人', /万里/)
    await plan.getByLabel('完成日期').last().fill(day(20))
    await confirm(liaison, '报整改方案')
    await at('office', found.sentBack)
    await say(office, '退回方案', '理由', '没有写原因分析，请补充。')
    await sees(office, '方案退回')
    await liaison.goto(found.sentBack)
    await press(liaison, '报整改方案')
    await plan.locator('#plan-cause').fill('告知单缺失，新进人员未培训。')
    await confirm(liaison, '报整改方案')
    await sees(liaison, '方案待审')
    await office.goto(found.sentBack)
    await press(office, '同意方案')
    await confirm(office, '同意方案')
    await sees(office, '整改中')
  })

  step('the inspector sends the close-out back, and verifies the second', async () => {
    const liaison = await at('cg.liaison', found.sentBack)
    await press(liaison, '上传佐证')
    await liaison.locator('input[type=file]').setInputFiles({ name: '告知单.txt', mimeType: 'text/plain', buffer: Buffer.from('一次性告知单样式') })
    await liaison.getByRole('dialog').getByText('告知单.txt').waitFor()
    await write(liaison, '说明', '告知单样式')
    await confirm(liaison, '上传佐证')
    await press(liaison, '报进展')
    await write(liaison, '进展情况', '告知单已印发，培训完成。')
    await choose(liaison, '印制一次性告知单并培训窗口人员')
    await confirm(liaison, '报进展')
    await say(await at('cg.head', found.sentBack), '申请销号', '销号说明', '措施已落实。')
    const inspector = await at('inspector', found.sentBack)
    await say(inspector, '退回销号申请', '理由', '抽查一个窗口仍未发放告知单。')
    await sees(inspector, '整改中')
    await say(await at('cg.head', found.sentBack), '申请销号', '销号说明', '已补发并逐窗口检查。')
    await inspector.goto(found.sentBack)
    await press(inspector, '核验')
    await choose(inspector, '现场核验')
    await write(inspector, '结论', '三个窗口均已发放。')
    await confirm(inspector, '核验')
    await sees(inspector, '已核验', '退回次数')
  })
})

describe('oneself', { concurrency: false }, () => {
  step('binds an authenticator and signs in with its digits', async () => {
    const page = await as('dh.liaison')
    await page.goto('/account')
    await page.getByRole('button', { name: '绑定身份验证器' }).click()
    const secret = (await page.locator('.secret').textContent()).replace(/\s/g, '')
    await page.getByRole('textbox', { name: '动态口令' }).fill(digits(secret, -1))
    await page.getByRole('button', { name: '确认绑定' }).click()
    await sees(page, '已启用')
    await page.getByRole('button', { name: /^账号/ }).last().click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.fill('input[name=username]', 'dh.liaison')
    await page.fill('input[name=password]', PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await page.fill('input[name=code]', digits(secret) === '000000' ? '111111' : '000000')
    await page.getByRole('button', { name: '验证并登录' }).click()
    await page.getByRole('alert').waitFor()
    await page.fill('input[name=code]', digits(secret))
    await page.getByRole('button', { name: '验证并登录' }).click()
    await page.waitForURL('**/desk')
  })

  step('works in English and in the dark, and stays there', async () => {
    const page = await openWindow(stage.browser, { base: stage.server.base, complaints, viewport: DESK })
    await signIn(page, 'cg.liaison')
    for (const item of ['English', 'Dark']) {
      await page.getByRole('button', { name: /账号|Account/ }).last().click()
      await page.getByRole('menuitem', { name: item, exact: true }).click()
    }
    await page.goto(found.second)
    await page.getByText('Timeline', { exact: true }).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    assert.ok(await page.evaluate(() => document.documentElement.classList.contains('dark')))
    await shoot(page, '22-english-dark')
    await page.context().close()
  })
})
