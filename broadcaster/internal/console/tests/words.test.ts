import { describe, expect, test } from 'vitest'
import { fill, language, t } from '@/words'
import { en } from '@/words/en'
import { zh } from '@/words/zh'

describe('dictionaries', () => {
  test('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  })

  test('have the same places in each sentence', () => {
    const places = (s: string) => [...new Set([...s.matchAll(/\{(\w+)/g)].map((m) => m[1]))].sort()
    // The English month is a word of its own; Chinese counts months.
    const differing = new Set(['day.date', 'day.dateYear'])
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
      if (!differing.has(key)) expect(places(en[key]), key).toEqual(places(zh[key]))
    }
  })

  test('leave nothing unsaid', () => {
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) if (key !== 'list.gap') expect(text.trim(), key).not.toBe('')
  })

  test('never say what people should not have to read', () => {
    const chinese = /终端|音频|语种|静默|预演|失败|异常|缺播|播放成功|播出计划|播次|版本号|摘要/
    const english = /terminal|clip|digest|revision|programme|enrol|fail|invalid|exception/i
    // The installer is told the setting's name in the file.
    for (const [key, text] of Object.entries(zh)) {
      expect(text, key).not.toMatch(chinese)
      expect(text, key).not.toMatch(/cron/i)
    }
    for (const [key, text] of Object.entries(en)) {
      expect(text.replace(/\{\w+|enrolment in agent.yaml/g, ''), key).not.toMatch(english)
      expect(text, key).not.toMatch(/cron/i)
    }
  })
})

describe('sentences', () => {
  test.each([
    ['a place', '{n} 个喇叭', { n: 12 }, '12 个喇叭'],
    ['one thing', '{n} {n:place|places}', { n: 1 }, '1 place'],
    ['many things', '{n} {n:place|places}', { n: 0 }, '0 places'],
    ['a place that nothing fills', '{name}', {}, '{name}'],
  ])('fill %s', (_name, text, args, want) => {
    expect(fill(text, args)).toBe(want)
  })

  test('follow the language', () => {
    expect(t('act.save')).toBe('保存')
    language.value = 'en'
    expect(t('act.save')).toBe('Save')
  })
})
