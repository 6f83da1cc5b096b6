import { describe, expect, test, vi } from 'vitest'
import { get, post, Refusal, refusalOf, sentenceOf, signedOut } from '@/api/call'
import { language } from '@/words'
import { broadcaster, problem } from './town'

describe('a refusal', () => {
  test('is the broadcaster’s sentence, with those about single fields', async () => {
    broadcaster({ 'POST /api/rounds': problem(422, 'grid_unknown', '没有这个地方。', [{ location: 'targets', message: '没有这个地方。' }]) })
    const refusal = await post('/api/rounds', {}).catch((e: unknown) => e)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ status: 422, message: '没有这个地方。', fields: { targets: '没有这个地方。' } })
  })

  test.each([
    ['a proxy’s page', '<html>502</html>'],
    ['an empty answer', ''],
    ['JSON of another kind', '{"error":"boom"}'],
  ])('that came as %s is said in words of our own', (_name, body) => {
    expect(refusalOf(502, body).message).toBe('服务器没有正常答复。等一会儿再试一次。')
  })

  test('without a network says so', async () => {
    const refusal = await get('/api/day').catch((e: unknown) => e)
    expect(sentenceOf(refusal)).toBe('连不上服务器。看看手机有没有网络,再试一次。')
  })

  test('of somebody unknown ends the session', async () => {
    broadcaster({ 'GET /api/day': problem(401, 'sign_in_first', '请先登录。') })
    const out = vi.spyOn(signedOut, 'handler')
    await get('/api/day').catch(() => {})
    expect(out).toHaveBeenCalledOnce()
  })

  test('never shows an English cause', () => {
    expect(sentenceOf(new TypeError('x is undefined'))).toBe('页面出了问题。刷新一下再试。')
  })
})

test('the broadcaster is asked in the console’s language', async () => {
  const seen: unknown[] = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => (seen.push((init.headers as Record<string, string>)['Accept-Language']), new Response('{}')))
  await get('/api/day')
  language.value = 'en'
  await get('/api/day')
  expect(seen).toEqual(['zh-CN', 'en'])
})
