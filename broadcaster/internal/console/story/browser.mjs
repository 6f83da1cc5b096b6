// A browser for the stories. They are given, by the environment:
//   BASE_URL         of a running broadcaster whose night is lifted and that has a loudspeaker in 老龄社, connected
//   NAME, PASSWORD   of an administrator
//   STATE            a folder with one folder per loudspeaker's agent, its data in data/
//   WAV              path of a recording of a few seconds
//   DUE_IN_SECONDS   how far ahead the round is planned (120)
//   SHOTS            a folder for screenshots, none when empty
//   CHROMIUM         the browser's program (/usr/bin/chromium)
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const phone = { width: 390, height: 844 }
export const desk = { width: 1280, height: 800 }

export function env(name, otherwise) {
  const value = process.env[name] || otherwise
  if (value === undefined) throw new Error(`the story needs ${name} in its environment`)
  return value
}

/** A browser with a fresh profile. */
export function launch() {
  return chromium.launch({ executablePath: env('CHROMIUM', '/usr/bin/chromium'), headless: true, args: flags })
}

/** Opens the console, signs in, and collects what the browser complains of. */
export async function signIn(browser, viewport) {
  const context = await browser.newContext({ baseURL: env('BASE_URL'), viewport, locale: 'zh-CN' })
  const page = await context.newPage()
  const complaints = []
  page.on('pageerror', (e) => complaints.push(String(e)))
  page.on('console', (m) => {
    // Nobody is signed in at first, and the answer that says so counts as an error for the browser.
    if (m.type() === 'error' && !m.text().includes('401')) complaints.push(m.text())
  })
  await page.goto('/')
  await page.getByLabel('用户名').fill(env('NAME'))
  await page.getByLabel('密码').fill(env('PASSWORD'))
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '今天', level: 1 }).waitFor()
  return { page, complaints }
}

export async function shoot(page, name) {
  const folder = process.env.SHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
