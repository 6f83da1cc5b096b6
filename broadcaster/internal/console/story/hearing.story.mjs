// What somebody who stands near says about what just sounded: he heard it, or the electrician is to look.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desk, launch, shoot, signIn } from './browser.mjs'

const narrow = { width: 360, height: 740 }
let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, narrow))
})
after(() => browser?.close())

const card = () => page.locator('section', { has: page.getByRole('heading', { name: '喇叭响了吗' }) })

/** Pictures of a page on a narrow phone and at a desk. */
async function picture(name) {
  await shoot(page, `${name}-360`)
  await page.setViewportSize(desk)
  await shoot(page, `${name}-1280`)
  await page.setViewportSize(narrow)
}

test('who heard it says so with one touch, and the register has it', { timeout: 60_000 }, async () => {
  await card().waitFor()
  await picture('heard-asked')
  await card().getByRole('button', { name: '听到了' }).first().click()
  await card().getByText('已记下,谢谢。').first().waitFor()
  await page.goto('/register?tab=plays')
  await page.getByText('有人听到').first().waitFor()
  await page.goto('/terminals')
  await page.getByRole('button', { name: '安排和放音' }).first().click()
  await page.getByText('已核实', { exact: true }).waitFor()
  await picture('heard-horn')
})

test('the page of a horn fits twice the size in either language', { timeout: 60_000 }, async () => {
  const horn = page.url()
  for (const language of ['English', '中文']) {
    await page.goto('/me')
    await page.getByText(language, { exact: true }).click()
    await page.goto(horn)
    await page.getByRole('heading', { name: /^(为什么|Why)$/ }).waitFor()
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `px beyond the edge in ${language}`)
  }
})

test('who thinks better of it sends the electrician, who ends it with a line', { timeout: 60_000 }, async () => {
  await page.goto('/')
  await card().getByRole('button', { name: /^改一下/ }).first().click()
  await card().getByRole('button', { name: '没听到' }).first().click()
  await card().getByPlaceholder('例如:一点声音都没有').fill('一点声音都没有')
  await card().getByRole('button', { name: '补上' }).click()
  await card().getByText('“一点声音都没有”').waitFor()
  await picture('heard-no')
  await page.goto('/')
  await page.getByText('个喇叭有人说没听到').waitFor()
  await page.goto('/repairs')
  await page.getByText('等电工去看').waitFor()
  await picture('repair-open')
  await page.getByPlaceholder('例如:换了保险丝').fill('换了保险丝')
  await page.getByRole('button', { name: '办好了' }).click()
  await page.getByText('没有要修的喇叭。').waitFor()
  await picture('repair-done')
})

test('the ring test is set, and can be heard beforehand', { timeout: 60_000 }, async () => {
  await page.goto('/ring-test')
  await page.getByRole('button', { name: '定试响时间' }).click()
  await shoot(page, 'ring-sheet-360')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByRole('heading', { name: '每周三 10:00 试响' }).waitFor()
  await page.getByRole('button', { name: /^试听/ }).first().click()
  await page.waitForFunction(() => document.querySelector('audio')?.duration > 4)
  await picture('ring-test')
  await page.goto('/rounds/ring-test') // where a calendar leads
  await page.getByRole('button', { name: '不再试响' }).click()
  await page.getByRole('heading', { name: '还没有定试响' }).waitFor()
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, 'px beyond the edge')
})

test('the browser has nothing to complain of', () => assert.deepEqual(complaints, []))
