// A loudspeaker that is too loud: muted in three touches, what is due is missed by name, and it sounds again once that is
// lifted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { desk, env, launch, shoot, signIn } from './browser.mjs'

const narrow = { width: 360, height: 740 }
const dueIn = Number(env('DUE_IN_SECONDS', '120'))
// How long after it is due a round may take to be told of, in ms.
const patience = 45_000
const stamp = new Date().toISOString().slice(11, 19)

let browser, page, complaints
before(async () => {
  browser = await launch()
  ;({ page, complaints } = await signIn(browser, narrow))
})
after(() => browser?.close())

/** What the broadcaster answers to the person who is signed in. */
async function ask(method, path, body) {
  const answer = await page.request.fetch(path, { method, ...(body instanceof Buffer ? { data: body, headers: { 'Content-Type': 'application/octet-stream' } } : { data: body }) })
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return answer.status() === 204 ? null : answer.json()
}

/** A playlist that begins with the chime that comes with the software. */
async function playlist() {
  const clip = await ask('POST', `/api/clips?title=${encodeURIComponent(`静音${stamp}`)}&dialect=yue`, readFileSync(env('WAV')))
  const announcement = await ask('POST', '/api/announcements', { title: `静音${stamp}`, text: '乡亲们。', variants: [{ dialect: 'yue', clip: clip.digest }] })
  const bell = (await ask('GET', '/api/clips')).clips.find((c) => c.built_in)
  return ask('POST', '/api/playlists', { name: `静音${stamp}`, chime: bell.digest, entries: [{ announcement: announcement.id, dialects: 'own', repeats: 1, gap_ms: 0 }] })
}

/** Plans the playlist for grid, once, so many seconds from now; it may begin two seconds late. */
async function plan(name, list, grid, seconds) {
  const due = new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000)
  const [day, time] = due.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).split(' ')
  await ask('POST', '/api/rounds', {
    name, playlist: list.id, targets: [grid], class: 'announcement', lateness_ms: 2_000, paused: false,
    timetable: { every: { minutes: 1, from: time, to: time }, from: day, until: day },
  })
}

/** The line of a round on the page of the loudspeaker, once it says words. */
const line = (name, words) => page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: words }).first()

async function fits(name) {
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  if (overflow > 0) await shoot(page, `${name}-overflow`)
  await page.evaluate(() => (document.documentElement.style.fontSize = ''))
  assert.equal(overflow, 0, 'px beyond the edge')
}

test('an official mutes a loudspeaker, sees what it missed and why, and lets it sound again', { timeout: dueIn * 2000 + 180_000 }, async (t) => {
  const horn = (await ask('GET', '/api/terminals')).terminals.find((x) => x.connected && x.grid_path.includes('老龄社'))
  const by = (await ask('GET', '/api/session')).person.display
  const list = await playlist()
  const [missed, heard] = [`静音时${stamp}`, `恢复后${stamp}`]

  await t.test('mutes it', async () => {
    await plan(missed, list, horn.grid, dueIn)
    await page.goto(`/terminals/${horn.id}`)
    await page.getByRole('button', { name: '静音这个喇叭' }).click()
    await page.getByRole('button', { name: '有人反映太吵' }).click()
    await page.getByRole('button', { name: '1 小时' }).click()
    await page.getByText(/马上静音,到.*原因:有人反映太吵/).waitFor()
    await shoot(page, 'mute-1-sheet-360')
    await page.getByRole('dialog').getByRole('button', { name: '静音', exact: true }).click()
    await page.getByText(/^静音中,到/).waitFor()
    await page.getByText('原因:有人反映太吵').waitFor()
    await shoot(page, 'mute-2-band-360')
    await fits('mute-2-band-360')
    await page.setViewportSize(desk)
    await shoot(page, 'mute-2-band-1280')
    await page.setViewportSize(narrow)
  })

  await t.test('finds it on the home page and in the list', async () => {
    await page.goto('/')
    await page.getByText('1 个喇叭静音中。').waitFor()
    await shoot(page, 'mute-3-today-360')
    await page.goto('/terminals')
    await page.getByText('静音中', { exact: true }).waitFor()
    await shoot(page, 'mute-4-list-360')
  })

  await t.test('sees what it missed, and because of whom', async () => {
    await page.goto(`/terminals/${horn.id}`)
    await line(missed, `没播成`).waitFor({ timeout: dueIn * 1000 + patience })
    await line(missed, `${by}静了音`).waitFor()
    await shoot(page, 'mute-5-missed-360')
    await page.setViewportSize(desk)
    await shoot(page, 'mute-5-missed-1280')
    await page.setViewportSize(narrow)
  })

  await t.test('lets it sound again', async () => {
    await page.getByRole('button', { name: '恢复', exact: true }).click()
    await page.getByText('恢复了').waitFor()
    await page.getByText(/^静音中,到/).waitFor({ state: 'detached' })
    await shoot(page, 'mute-6-lifted-360')
    await page.getByRole('button', { name: '静音这个喇叭' }).waitFor({ timeout: patience })
    await plan(heard, list, horn.grid, dueIn / 2)
    await line(heard, '已放音').waitFor({ timeout: (dueIn / 2) * 1000 + patience })
    await shoot(page, 'mute-7-heard-360')
  })

  await t.test('finds both acts in the history', async () => {
    await page.goto('/history')
    await page.getByText(new RegExp(`${by}把.*静音到.*有人反映太吵`)).first().waitFor()
    await page.getByText(new RegExp(`${by}解除了.*的静音.*有人反映太吵`)).first().waitFor()
    await shoot(page, 'mute-8-history-360')
  })

  await t.test('hears the chime of a playlist', async () => {
    await page.goto(`/playlists/${list.id}`)
    await page.getByRole('radio', { name: '内置三声' }).waitFor()
    assert.ok(await page.getByRole('radio', { name: '内置三声' }).isChecked())
    await page.locator('svg path.ahead').first().waitFor({ state: 'attached' })
    await shoot(page, 'mute-9-chime-360')
    await fits('mute-9-chime-360')
    await page.setViewportSize(desk)
    await shoot(page, 'mute-9-chime-1280')
  })

  assert.deepEqual(complaints, [])
})
