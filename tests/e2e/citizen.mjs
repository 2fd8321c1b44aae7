/** What a citizen does on the portal, on a phone. */

async function enter(page, { number, secret }) {
  await page.fill('#number', number)
  await page.fill('#secret', secret)
  await page.getByRole('button', { name: '查看' }).click()
}

export async function track(page, receipt) {
  await page.goto('/portal/')
  await page.getByRole('link', { name: '查进度' }).click()
  await enter(page, receipt)
}

/** One question a screen: satisfaction, solved, a word, check, send. */
export async function rate(page, { level, solved, comment }) {
  await page.getByRole('link', { name: '评价办理结果' }).click()
  await page.getByText(level, { exact: true }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText(solved, { exact: true }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.fill('#comment', comment)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '提交评价' }).click()
  await page.getByRole('heading', { name: '谢谢，已经记下您的评价' }).waitFor()
}

/** Reports something from the first question to the receipt; returns what the card shows. */
export async function report(page, { kind, content, place, phone }) {
  const next = () => page.getByRole('button', { name: '下一步' }).click()
  await page.goto('/portal/submit')
  await page.getByText(kind, { exact: true }).click()
  await next()
  await page.fill('#content', content)
  await next()
  await page.getByRole('button', { name: '不清楚，跳过' }).click()
  await page.fill('#place', place)
  await next()
  await page.getByText('实名，留下联系方式', { exact: true }).click()
  await page.fill('#phone', phone)
  await next()
  await page.getByRole('heading', { name: '请核对，没有问题就发送' }).waitFor()
}
