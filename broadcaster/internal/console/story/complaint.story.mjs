// A caller complains; the official writes it down, sees what is known, answers and closes, on a phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, phone, shoot, signIn } from './browser.mjs'

let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, phone))
})
after(() => browser?.close())

test('a complaint is written down, answered, closed and opened again', { timeout: 60_000 }, async () => {
  await page.goto('/complaints')
  await page.getByRole('button', { name: '记一件投诉' }).click()
  await page.getByLabel('找地方').fill('老龄')
  await page.getByRole('checkbox', { name: '老龄社' }).first().click()
  await page.getByRole('button', { name: '刚才' }).click()
  await page.getByRole('button', { name: '太吵' }).click()
  await shoot(page, 'complaint-1-written')
  await page.getByRole('button', { name: '记下,查当时播了什么' }).click()
  await page.getByRole('heading', { name: '上西村 / 老龄社的投诉', level: 1 }).waitFor()
  await page.getByRole('button', { name: /静音一阵/ }).waitFor()
  assert.notEqual(await page.getByLabel('怎么回复').inputValue(), '', 'a reply is drafted')
  await shoot(page, 'complaint-2-case')

  await page.setViewportSize({ width: 360, height: 740 })
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'px beyond the edge')
  await page.evaluate(() => (document.documentElement.style.fontSize = ''))
  await page.setViewportSize(phone)

  await page.getByLabel('怎么办的').fill('已当面说明')
  await page.getByRole('button', { name: '办结', exact: true }).click()
  await page.getByText('已当面说明').waitFor()
  await shoot(page, 'complaint-3-closed')
  await page.getByRole('button', { name: '重新打开' }).click()
  await page.getByLabel('怎么回复').waitFor()

  await page.getByRole('navigation').getByRole('link', { name: '今天', exact: true }).click()
  await page.getByText('件投诉等着办').waitFor()
})

test('the browser has nothing to complain of', () => assert.deepEqual(complaints, []))
