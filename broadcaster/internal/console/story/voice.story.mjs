// What phones and WeChat send becomes a recording: the browser decodes it, since this broadcaster has no ffmpeg.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { encode } from 'silk-wasm'
import { launch, phone, shoot, signIn } from './browser.mjs'

const sample = (name) => readFileSync(new URL(`../../../../playlists/audio/testdata/${name}`, import.meta.url))

/** A second and a half of a tone, as WeChat sends it. */
async function silk() {
  const rate = 24_000
  const pcm = Int16Array.from({ length: 1.5 * rate }, (_, i) => 8000 * Math.sin((2 * Math.PI * 440 * i) / rate))
  return Buffer.from((await encode(pcm, rate)).data)
}

let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, phone))
})
after(() => browser?.close())

test('voice messages and memos are converted before they are sent', { timeout: 120_000 }, async () => {
  await page.getByRole('navigation').getByRole('link', { name: '录音', exact: true }).click()
  await page.getByText('粤语', { exact: true }).first().click()
  const stamp = Date.now()
  const files = [
    ['微信语音', 'dat', await silk(), '2 秒'],
    ['老手机', 'amr', sample('voice.amr'), '1 秒'],
    ['备忘录', 'm4a', sample('memo.m4a'), '1 秒'],
    ['低码率', 'mp3', sample('mpeg25.mp3'), '1 秒'],
  ]
  for (const [name, ext, text, length] of files) {
    const title = `${name}${stamp}`
    await page.locator('input[type=file]').setInputFiles({ name: `${title}.${ext}`, mimeType: '', buffer: text })
    const item = page.getByRole('list', { name: '正在上传的录音' }).getByRole('listitem').filter({ hasText: title })
    await item.getByText('已收下').or(item.getByText('这段录音早就有了')).or(item.getByRole('alert')).first().waitFor()
    assert.equal(await item.getByRole('alert').count(), 0, `${name}: ${await item.innerText()}`)
    const kept = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
    if ((await item.getByText('已收下').count()) > 0) {
      await kept.first().waitFor()
      assert.match(await kept.first().innerText(), new RegExp(`${length}[\\s\\S]*音量`), name)
      await kept.first().scrollIntoViewIfNeeded()
      await kept.first().locator('svg path').first().waitFor({ state: 'attached' })
    }
  }
  await shoot(page, 'voice-uploaded')
})

test('what is no recording is refused in words', { timeout: 60_000 }, async () => {
  await page.locator('input[type=file]').setInputFiles({ name: '照片.mp3', mimeType: '', buffer: Buffer.from('\xff\xd8\xff\xe0 picture', 'latin1') })
  await page.getByText('这是 JPEG 文件,不是录音。').waitFor()
  await shoot(page, 'voice-refused')
  // The refusal itself is an error for the browser.
  assert.deepEqual(complaints.filter((c) => !c.includes('422')), [])
})
