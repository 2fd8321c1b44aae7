/** One case from the signed webhook to the closed rectification item, each step by the person whose step it is. */
import assert from 'node:assert/strict'
import { describe } from 'node:test'

import { rate, track } from './citizen.mjs'
import { choose, confirm, openByTitle, pickOption, pickUnit, press, sees, timeline, write } from './console.mjs'
import { shoot } from './people.mjs'
import { sendHotlineEvent } from './server.mjs'
import { as, found, phone, stage, step } from './stage.mjs'

const UNIT = '区城市管理局'
const TITLE = '滨河夜市油烟直排居民楼'
const REPLY = '执法人员已到现场核查，责令两家摊主加装油烟净化设施，十一月底前完成复查。'
const COMMENT = '油烟还是老样子，没有人再来过。'
const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

describe('from the webhook to the closed item', { concurrency: false }, () => {
  step('a platform sends a signed message, and its repetition is recognized', async () => {
    const secret = await stage.server.source('E2E')
    const data = { external_no: 'E2E-1', kind: '投诉', title: TITLE, content: '滨河夜市两家烧烤摊每晚油烟直排，三单元住户不敢开窗，反映过两次没有改善。', place: '滨河路夜市东口', caller: { name: '周明', phone: '13900001234' } }
    const event = { base: stage.server.base, source: 'E2E', type: 'case.created', data }
    assert.equal((await sendHotlineEvent({ ...event, secret: 'whsec_d3Jvbmctc2VjcmV0LXdyb25n' })).status, 401)
    const answer = await sendHotlineEvent({ ...event, secret })
    assert.equal(answer.status, 202, await answer.clone().text())
  })

  step('the operator sees it arrive and dispatches it', async () => {
    const page = await as('operator')
    await page.goto('/cases?status=registered')
    await page.getByRole('link', { name: TITLE }).waitFor()
    await shoot(page, '01-cases')
    found.case = await openByTitle(page, '/cases?status=registered', TITLE)
    await press(page, '派发')
    await pickUnit(page, '承办单位', UNIT)
    await write(page, '说明', '请现场核查油烟净化设施。')
    await shoot(page, '02-dispatch')
    await confirm(page, '派发')
    await sees(page, '待签收')
  })

  step('the liaison signs from the desk, contacts the caller and replies', async () => {
    const page = await as('cg.liaison')
    const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: TITLE }) })
    await row.waitFor()
    await shoot(page, '03-desk')
    await row.getByRole('button', { name: '签收' }).click()
    await page.goto(found.case)
    await sees(page, '办理中')
    await press(page, '记录联系')
    await choose(page, '联系上了')
    await write(page, '说明', '已电话联系，约定今晚到现场。')
    await confirm(page, '记录联系')
    await press(page, '答复')
    await write(page, '答复内容', REPLY)
    await confirm(page, '答复')
    await sees(page, '已答复', REPLY)
  })

  step('the operator gives the caller a receipt', async () => {
    const page = await as('operator')
    await page.goto(found.case)
    await press(page, '出具查询凭证')
    await confirm(page, '出具查询凭证')
    const card = page.getByRole('dialog', { name: '查询凭证' })
    await card.waitFor()
    const [number, secret] = await card.locator('dd').allTextContents()
    found.receipt = { number, secret }
    await card.getByRole('button', { name: '关闭', exact: true }).last().click()
  })

  step('the citizen tracks it on a phone and is not satisfied', async () => {
    const page = await phone()
    await page.goto('/portal/')
    await shoot(page, '04-portal-home')
    await track(page, found.receipt)
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
    await sees(page, REPLY, UNIT)
    await shoot(page, '05-portal-track')
    await rate(page, { level: '非常不满意', solved: '没有解决', comment: COMMENT })
    await shoot(page, '06-portal-thanks')
    await page.context().close()
  })

  step('an item opens by itself and the liaison plans it', async () => {
    const page = await as('cg.liaison')
    await page.goto(found.case)
    await sees(page, COMMENT)
    await page.getByRole('link', { name: `差评整改：${TITLE}` }).click()
    await page.waitForURL('**/rectification/*')
    found.item = page.url()
    await press(page, '报整改方案')
    const plan = page.getByRole('dialog')
    await plan.locator('#plan-cause').fill('夜市摊位审批时没有落实油烟净化设施要求。')
    await plan.locator('#plan-target').fill('两家摊位油烟达标排放，月内不再有同类投诉。')
    await plan.locator('#plan-due').fill(day(30))
    await pickOption(page, '责任领导', /程立/)
    await pickOption(page, '具体责任人', /万里/)
    await plan.getByLabel('做什么').fill('督促两家摊主安装油烟净化器并检测达标')
    await pickOption(page, '责任人', /万里/)
    await plan.getByLabel('完成日期').last().fill(day(20))
    await shoot(page, '07-plan')
    await confirm(page, '报整改方案')
    await sees(page, '方案待审')
  })

  step('the office approves the plan', async () => {
    const page = await as('office')
    await page.goto(found.item)
    await press(page, '同意方案')
    await confirm(page, '同意方案')
    await sees(page, '整改中')
  })

  step('the liaison adds evidence and reports the measure done', async () => {
    const page = await as('cg.liaison')
    await page.goto(found.item)
    await press(page, '上传佐证')
    await page.locator('input[type=file]').setInputFiles({ name: '检测报告.txt', mimeType: 'text/plain', buffer: Buffer.from('油烟检测：达标') })
    await page.getByRole('dialog').getByText('检测报告.txt').waitFor()
    await write(page, '说明', '油烟净化器安装后的检测报告')
    await shoot(page, '08-evidence')
    await confirm(page, '上传佐证')
    await press(page, '报进展')
    await write(page, '进展情况', '两家摊位净化器已安装，检测达标。')
    await page.getByRole('dialog').getByRole('slider').press('End')
    await choose(page, '督促两家摊主安装油烟净化器并检测达标')
    await confirm(page, '报进展')
    await sees(page, '100%')
  })

  step('the head of the unit applies for closing', async () => {
    const page = await as('cg.head')
    await page.goto(found.item)
    await press(page, '申请销号')
    await write(page, '销号说明', '措施已落实，检测报告见佐证材料。')
    await confirm(page, '申请销号')
    await sees(page, '申请销号')
  })

  step('an inspector of another unit verifies it', async () => {
    const page = await as('inspector')
    await page.goto(found.item)
    await press(page, '核验')
    await choose(page, '现场核验')
    await write(page, '结论', '现场查看两家摊位，净化器运行正常，走访三户居民均认可。')
    await confirm(page, '核验')
    await sees(page, '已核验')
  })

  step('the office closes the item; case and item show each other and nothing is missing', async () => {
    const page = await as('office')
    await page.goto(found.item)
    await press(page, '销号')
    await write(page, '结论', '同意销号。')
    await confirm(page, '销号')
    await sees(page, '已销号')
    await shoot(page, '09-item')
    const history = (await timeline(page)).join('\n')
    for (const step of ['立项', '方案', '佐证', '进展', '申请销号', '核', '销号']) assert.match(history, new RegExp(step))
    await page.locator('a[href^="/cases/"]').last().click()
    await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
    await page.locator('a[href*="/rectification/"]').last().waitFor()
    await sees(page, COMMENT, '已办结')
    await shoot(page, '10-case')
  })
})
