import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import ru from './ru/said.json'
import { said } from './said'

const SRC = fileURLToPath(new URL('../..', import.meta.url))

describe('said', () => {
  it.each([
    ['The engine does not answer.', 'Движок не отвечает.'],
    ['web is paused.', 'web на паузе.'],
    ['Port 80 is taken by web.', 'Порт 80 занят контейнером web.'],
    // The more that a saying says of its own, the sooner it is meant.
    ['web has no such user.', 'В web нет такого пользователя.'],
    ['web has no zsh.', 'В web нет zsh.'],
    [
      'Stop db first, or choose another port by Edit…. The old web is back, and runs.',
      'Сначала остановите db или выберите другой порт через «Изменить…». Прежний web возвращён и работает.'
    ],
    [
      'Unpause it first. The engine’s own words',
      'Сначала снимите его с паузы. The engine’s own words'
    ],
    ['driver failed programming', 'driver failed programming']
  ])('%s', (english, russian) => {
    expect(said(english, 'ru')).toBe(russian)
    expect(said(english, 'en')).toBe(english)
  })

  it('has the values of each text in its translation', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{\d\}/g)].map(String).toSorted()
    for (const [english, russian] of Object.entries(ru))
      expect(places(russian), english).toEqual(places(english))
  })

  it('translates nothing that is not said any more', () => {
    const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((path) => /^(main|shared|renderer\/run)\b.*(?<!\.test)\.ts$/.test(path))
      .map((path) => readFileSync(join(SRC, path), 'utf8').replaceAll("\\'", "'"))
    for (const english of Object.keys(ru)) {
      const parts = english.split(/\{\d\}/)
      const isSaid = sources.some((text) => parts.every((part) => text.includes(part)))
      expect(isSaid, `is no longer said: ${english}`).toBe(true)
    }
  })
})
