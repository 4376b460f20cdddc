import { expect, it } from 'vitest'
import { formatElapsed } from './elapsed'

it.each([
  [0, '0.0 sec'],
  [449, '0.4 sec'],
  [9_949, '9.9 sec'],
  [9_999, '9 sec'],
  [12_600, '12 sec'],
  [59_999, '59 sec'],
  [185_000, '3 min 5 sec'],
  [3_725_000, '1 hr 2 min'],
  [-5, '0.0 sec']
])('%d ms is %s', (ms, text) => {
  expect(formatElapsed(ms, 'en')).toBe(text)
})

it('speaks the reader’s language', () => {
  expect(formatElapsed(1_500, 'ru').replaceAll('\u00A0', ' ')).toBe('1,5 с')
})
