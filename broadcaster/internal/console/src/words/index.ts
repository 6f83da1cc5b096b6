// The console's words. One dictionary file per language; Chinese is the reference, the others have its keys.
// A place is {name}; {name:loudspeaker|loudspeakers} chooses by whether the number is one.
import { ref } from 'vue'
import { en } from './en'
import { type Key, zh } from './zh'

export type { Key } from './zh'
export type Args = Record<string, string | number>
export type Language = 'zh-CN' | 'en'

const dictionaries: Record<Language, Record<Key, string>> = { 'zh-CN': zh, en }
const kept = 'dalaba.language'

/** The language of everything on screen. */
export const language = ref<Language>(remembered())

function remembered(): Language {
  try {
    return localStorage.getItem(kept) === 'en' ? 'en' : 'zh-CN'
  } catch {
    return 'zh-CN' // Storage is switched off.
  }
}

export function speak(chosen: Language): void {
  language.value = chosen
  document.documentElement.lang = chosen
  try {
    localStorage.setItem(kept, chosen)
  } catch {
    // It holds until the page is closed.
  }
}

/** The words for key in the chosen language. */
export function t(key: Key, args: Args = {}): string {
  return fill(dictionaries[language.value][key], args)
}

/** Words in a row: 一、二 or one, two. */
export function listWords(words: readonly string[]): string {
  return words.join(t('list.and'))
}

/** The words for key in the town's own language, which is what records are kept in. */
export function original(key: Key): string {
  return zh[key]
}

export function fill(text: string, args: Args): string {
  return text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (place, name: string, one?: string, many?: string) => {
    const value = args[name]
    if (value === undefined) return place
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many
    return String(value)
  })
}
