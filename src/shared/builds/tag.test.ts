import { expect, it } from 'vitest'
import { parseReference } from '../images/reference'
import { defaultTag } from './tag'

it.each([
  ['web', 'web'],
  ['My App (2)', 'my-app-2'],
  ['Überraschung', 'uberraschung'],
  ['проект', 'image'],
  ['проект-db', 'db'],
  ['.hidden', 'hidden'],
  ['a__b', 'a__b'],
  ['a___b', 'a-b'],
  ['a-._b', 'a-b'],
  ['1.0', '1.0'],
  ['', 'image'],
  ['/', 'image'],
  ['x'.repeat(300), 'x'.repeat(128)],
  [`${'x'.repeat(127)}-y`, 'x'.repeat(127)],
  ['İstanbul', 'istanbul'],
  ['a\nb', 'a-b']
])('%j gets %s', (folder, expected) => {
  const tag = defaultTag(folder)
  expect(tag).toBe(expected)
  expect(() => parseReference(tag)).not.toThrow()
})

it('64 hex digits would be read as an image’s id', () => {
  expect(() => parseReference(defaultTag('ab'.repeat(32)))).not.toThrow()
})
