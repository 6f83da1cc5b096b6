// From an official's hand to a horn, and back into the ledger, on a phone.
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { after, before, test } from 'node:test'
import { env, launch, phone, shoot, signIn } from './browser.mjs'

const dueIn = Number(env('DUE_IN_SECONDS', '120'))
// How long after it is due a round may take to begin on screen, and how long after its end to be counted, in ms.
const patience = 45_000
const name = `第一声${new Date().toISOString().slice(11, 19)}`

let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, phone))
})
after(() => browser?.close())

/** A place in the bottom bar. */
function go(place) {
  return page.getByRole('navigation').getByRole('link', { name: place, exact: true })
}

/** The line of a grid in the home page's tree; the first is the town's. */
function lineOf(grid) {
  return page.getByRole('list', { name: '听到的户数' }).getByRole('button', { name: grid }).first()
}

/** What the tree says of a grid. */
async function countedOf(grid) {
  const text = await lineOf(grid).innerText()
  return { played: Number(/已放音 (\d+) 次/.exec(text)?.[1] ?? 0), reached: Number((/([\d,]+) \/ [\d,]+ 户/.exec(text)?.[1] ?? '0').replace(',', '')) }
}

/** Opens the home page's tree down to the societies of 上西村. */
async function openTree() {
  await go('今天').click()
  const village = lineOf('上西村')
  await village.waitFor()
  if ((await village.getAttribute('aria-expanded')) === 'false') await village.click()
  await lineOf('老龄社').waitFor()
}

async function counted() {
  return { society: await countedOf('老龄社'), village: await countedOf('上西村'), town: await countedOf(), other: await countedOf('先锋社') }
}

/** Opens a page behind 更多. */
async function openMore(place) {
  await go('更多').click()
  await page.getByRole('link', { name: place }).click()
  await page.getByRole('heading', { name: place, level: 1 }).waitFor()
}

test('an official brings a recording to one society and sees it counted there and nowhere else', { timeout: dueIn * 1000 + 240_000 }, async (t) => {
  await openTree()
  const earlier = await counted()

  await t.test('uploads a recording', async () => {
    await go('录音').click()
    await page.getByText('粤语', { exact: true }).first().click()
    await page.locator('input[type=file]').setInputFiles(env('WAV'))
    await page.getByText('已收下').or(page.getByText('这段录音早就有了')).waitFor()
    await shoot(page, 'story-1-uploaded')
  })

  await t.test('writes an announcement for it', async () => {
    await openMore('宣传内容')
    await page.getByRole('button', { name: '写一条' }).click()
    await page.getByLabel('标题').fill(name)
    await page.getByLabel('文字').fill('乡亲们,这是第一声。')
    const choice = page.getByLabel('粤语', { exact: true })
    const title = basename(env('WAV')).replace(/\.[^.]+$/, '')
    const option = await choice.locator('option', { hasText: title }).first().getAttribute('value')
    await choice.selectOption(option)
    await shoot(page, 'story-2-announcement')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name, level: 2 }).waitFor()
  })

  await t.test('puts it in a playlist', async () => {
    await openMore('节目单')
    await page.getByRole('button', { name: '排一份' }).click()
    await page.getByLabel('名称').fill(name)
    await page.getByLabel('加一条宣传内容').selectOption({ label: name })
    await shoot(page, 'story-3-playlist')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('heading', { name, level: 2 }).waitFor()
  })

  let due
  await t.test('plans a round for 老龄社', async () => {
    await go('定时播').click()
    await page.getByRole('button', { name: '新的定时播' }).click()
    await page.getByLabel('节目单').selectOption({ label: name })
    await page.getByLabel('找地方').fill('老龄')
    await page.getByRole('checkbox', { name: '老龄社' }).first().check()
    await page.getByRole('button', { name: '精确到秒' }).click()
    due = new Date(Date.now() + dueIn * 1000)
    const [day, time] = due.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).split(' ')
    await page.getByLabel('日子').fill(day)
    await page.getByLabel('时间', { exact: true }).fill(time)
    await page.getByText('会响的喇叭:').waitFor()
    await shoot(page, 'story-4-round')
    await page.getByRole('button', { name: '保存定时播' }).click()
    await page.getByText(/个喇叭(都|里)/).waitFor()
    await shoot(page, 'story-5-delivery')
  })

  await t.test('sees it sound', async () => {
    await page.getByRole('button', { name: '看今天' }).click()
    await page.getByText(`正在播《${name}》`).waitFor({ timeout: due.getTime() - Date.now() + patience })
    await shoot(page, 'story-6-sounding')
  })

  await t.test('sees it counted', async () => {
    await page.getByText(new RegExp(`《${name}》.*已放音`)).waitFor({ timeout: patience })
    await openTree()
    const until = Date.now() + patience
    let later = await counted()
    while (later.society.played === earlier.society.played && Date.now() < until) {
      await page.waitForTimeout(250)
      later = await counted()
    }
    await shoot(page, 'story-7-counted')
    for (const grid of ['society', 'village', 'town']) {
      assert.ok(later[grid].played > earlier[grid].played, `${grid}: ${earlier[grid].played} airings sounded before, ${later[grid].played} after`)
      assert.ok(later[grid].reached > 0, `${grid}: nobody reached`)
    }
    assert.deepEqual(later.other, earlier.other, '先锋社 was not meant')
  })

  await t.test('finds it in the register', async () => {
    await go('登记本').click()
    const line = page.getByRole('listitem').filter({ hasText: name })
    await line.first().waitFor()
    for (const text of await line.allInnerTexts()) assert.match(text, /老龄社/)
    await page.getByRole('button', { name: '放音记录' }).click()
    await line.getByText('电脑已放音').first().waitFor()
    await shoot(page, 'story-8-register')
  })

  assert.deepEqual(complaints, [])
})
