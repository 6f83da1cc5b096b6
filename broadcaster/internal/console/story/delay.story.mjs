// How one loudspeaker is, and how late its sound arrives: from the installer's hand to the agent's own programme.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { desk, env, launch, shoot, signIn } from './browser.mjs'

const narrow = { width: 360, height: 740 }
// How long a change may take to be in force at the agent, in ms.
const patience = 15_000

let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, narrow))
})
after(() => browser?.close())

/** The delay, in ms, of the programme that the agent of the loudspeaker called name keeps on its disk. */
function delayAt(name) {
  for (const folder of readdirSync(env('STATE'))) {
    let kept
    try {
      kept = readFileSync(join(env('STATE'), folder, 'data', 'programme.json'), 'utf8')
    } catch {
      continue
    }
    const programme = JSON.parse(Buffer.from(JSON.parse(kept).envelope.body, 'base64').toString())
    if (programme.name === name) return programme.output_delay_ms ?? 0
  }
  throw new Error(`no agent has a programme for ${name}`)
}

/** Sets the delay, and waits until the agent goes by it. */
async function setDelay(name, ms) {
  await page.getByRole('button', { name: '修改设备' }).click()
  await page.getByLabel('声音晚到多少毫秒').fill(String(ms))
  if (ms > 0) await shoot(page, 'delay-sheet-360')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const until = Date.now() + patience
  while (delayAt(name) !== ms && Date.now() < until) await page.waitForTimeout(100)
  assert.equal(delayAt(name), ms, `the agent’s delay ${patience} ms after it was set`)
}

test('an installer sees how a loudspeaker is, and says how late its sound arrives', { timeout: 90_000 }, async () => {
  await page.goto('/terminals')
  await page.getByRole('button', { name: '安排和放音' }).first().click()
  await page.getByRole('heading', { name: '现在怎么样' }).waitFor()
  const name = await page.getByRole('heading', { level: 1 }).innerText()
  const fold = page.getByRole('button', { name: '时间、磁盘、声音' })
  await fold.click()
  await page.getByText(/^对时准确,误差不超过 [\d.]+ [毫微]秒。$/).last().waitFor()
  await page.getByText(/^[\d.]+ [MGT]B$/).waitFor()
  await page.getByText('没有设,到点就放。').waitFor()
  await shoot(page, 'delay-360')
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await shoot(page, 'delay-360-twice')
  assert.equal(overflow, 0, 'px beyond the edge')
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))

  await setDelay(name, 320)
  await page.getByText('320 毫秒,它提前这么多放。').waitFor()
  await page.setViewportSize(desk)
  await shoot(page, 'delay-1280')
  await page.setViewportSize(narrow)

  await setDelay(name, 0)
  await page.getByText('没有设,到点就放。').waitFor()
  assert.deepEqual(complaints, [])
})
