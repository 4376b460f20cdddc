import { describe, expect, it } from 'vitest'
import { languageFor } from '../../shared/app/language'
import { en } from './en'
import { ru } from './ru'

const PLURAL = /_(zero|one|two|few|many|other)$/

/** Every key of a tree, plural forms folded into one, with the parameters of its text. */
function keysOf(tree: object, path = ''): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [name, value] of Object.entries(tree) as [string, unknown][]) {
    const key = `${path}${name}`
    if (typeof value === 'object' && value !== null) {
      for (const [inner, parameters] of keysOf(value, `${key}.`)) keys.set(inner, parameters)
    } else {
      const parameters = [...String(value).matchAll(/\{\{(\w+)/g)].map(
        ([, parameter]) => parameter ?? ''
      )
      const folded = key.replace(PLURAL, '_plural')
      const known = keys.get(folded)?.split(' ') ?? []
      keys.set(folded, [...new Set([...known, ...parameters])].toSorted().join(' ').trim())
    }
  }
  return keys
}

describe('the languages', () => {
  it('say the same things with the same parameters', () => {
    expect(Object.fromEntries(keysOf(ru))).toEqual(Object.fromEntries(keysOf(en)))
  })

  it('leave no text empty', () => {
    for (const text of JSON.stringify([en, ru]).matchAll(/:"(.*?)"/g)) expect(text[1]).not.toBe('')
  })

  it('give Russian all its plural forms', () => {
    const forms = JSON.stringify(ru).matchAll(/"(\w+)_(one|few|many|other)":/g)
    const byKey = new Map<string, Set<string>>()
    for (const [, key = '', form = ''] of forms)
      byKey.set(key, (byKey.get(key) ?? new Set()).add(form))
    for (const [key, found] of byKey)
      expect([key, [...found].toSorted()]).toEqual([key, ['few', 'many', 'one', 'other']])
  })
})

describe('languageFor', () => {
  it.each([
    ['system', 'ru-RU', 'ru'],
    ['system', 'de', 'en'],
    ['en', 'ru', 'en']
  ] as const)('chosen %s on a %s system: %s', (chosen, system, language) => {
    expect(languageFor(chosen, system)).toBe(language)
  })
})
