// Every page on a phone, on a desk, and on a narrow phone with text at twice its size.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { desk, launch, phone, shoot, signIn } from './browser.mjs'

const pages = [
  ['/', 'today'],
  ['/more', 'more'],
  ['/recordings', 'recordings'],
  ['/announcements', 'announcements'],
  ['/announcements/new', 'announcement-new'],
  ['/playlists', 'playlists'],
  ['/playlists/new', 'playlist-new'],
  ['/now', 'now'],
  ['/rounds', 'rounds'],
  ['/rounds/new', 'round-new'],
  ['/calendar', 'calendar'],
  ['/calendar?view=day', 'calendar-day'],
  ['/terminals', 'terminals'],
  [firstDay, 'terminal-day'],
  ['/why', 'why'],
  ['/register', 'register'],
  ['/reconciliation', 'reconciliation'],
  ['/complaints', 'complaints'],
  ['/complaints/new', 'complaint-new'],
  ['/ring-test', 'ring-test'],
  ['/repairs', 'repairs'],
  ['/quiet', 'quiet'],
  ['/quiet/now', 'quiet-now'],
  ['/quiet/places', 'quiet-places'],
  ['/quiet/places/new', 'quiet-place-new'],
  ['/loudness', 'loudness'],
  ['/days', 'days'],
  ['/days/new', 'days-new'],
  ['/history', 'history'],
  ['/people', 'people'],
  ['/me', 'me'],
]
const forbidden = /终端|音频|语种|静默|预演|失败|异常|缺播|播放成功|undefined|NaN|null|\b[0-9a-f]{16,}\b/

let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, phone))
})
after(() => browser?.close())

/** The day of a loudspeaker, by the way that people take. */
async function firstDay() {
  await page.goto('/terminals')
  await page.getByRole('button', { name: '安排和放音' }).first().click()
  await page.getByRole('heading', { name: '计划和放音' }).waitFor()
}

async function open(path) {
  if (typeof path === 'function') await path()
  else await page.goto(path)
  await page.locator('h1').waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
}

/** Names of what is to be touched and is smaller than 44 px. */
function small() {
  const found = []
  for (const e of document.querySelectorAll('button, a, select, input, textarea, summary')) {
    const target = e.closest('label') ?? e
    const { width, height } = target.getBoundingClientRect()
    // Links inside a sentence are as high as its line.
    const inSentence = e.tagName === 'A' && e.parentElement?.tagName === 'P'
    const hidden = e.closest('.visually-hidden, [hidden]') !== null || width === 0
    // A field's own buttons lie inside its height.
    const inField = e.closest('.el-input') !== null
    if (!hidden && !inSentence && !inField && (height < 43.5 || width < 43.5)) {
      found.push(`${e.tagName} "${(e.innerText || e.ariaLabel || e.type || '').slice(0, 20)}" ${Math.round(width)}×${Math.round(height)}`)
    }
  }
  return found
}

for (const [path, name] of pages) {
  test(`${name} reads well on a phone, on a desk, and at twice the size`, { timeout: 60_000 }, async () => {
    await page.setViewportSize(phone)
    await open(path)
    await shoot(page, `${name}-390`)
    assert.deepEqual(await page.evaluate(small), [], 'touch targets')
    assert.doesNotMatch(await page.locator('main').innerText(), forbidden)

    await page.setViewportSize(desk)
    await shoot(page, `${name}-1280`)

    await page.setViewportSize({ width: 360, height: 740 })
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (overflow > 0) await shoot(page, `${name}-360-overflow`)
    assert.equal(overflow, 0, 'px beyond the edge')
  })
}

for (const [path, button] of [['/terminals', '加设备'], ['/quiet', '加静音时段'], ['/loudness', '加音量规定'], ['/people', '加人']]) {
  test(`${button} fits a narrow phone with text at twice its size`, { timeout: 60_000 }, async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await open(path)
    await page.getByRole('button', { name: button }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').or(dialog.getByRole('combobox')).first().waitFor()
    await shoot(page, `dialog${path.replace('/', '-')}-360`)
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    const overflow = await dialog.evaluate((d) => d.scrollWidth - d.clientWidth)
    assert.ok(overflow <= 0, `${overflow} px beyond the edge`)
  })
}

test('the browser has nothing to complain of', () => assert.deepEqual(complaints, []))
