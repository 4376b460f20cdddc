import { expect, it } from 'vitest'
import type { FileContent } from '../../shared/files/model'
import { bytesOfDraft, draftOf, hasMixedLineEnds, isDirty, savedDraft } from './draft'

const FILE: FileContent = {
  path: '/a',
  kind: 'file',
  mode: 0o644,
  sizeBytes: 0,
  modifiedAtMs: 0,
  uid: 0,
  gid: 0,
  bytes: new Uint8Array(),
  sha256: 'x'
}

it.each(['a\nb\n', 'a\r\nb\r\n', '\ufeffone line', ''])('saves %j as it was', (text) => {
  const draft = draftOf(FILE, text)
  expect(draft.text).not.toContain('\r')
  expect(isDirty(draft)).toBe(false)
  // Node's decoder would take a byte order mark away.
  expect(Buffer.from(bytesOfDraft(draft)).toString('utf8')).toBe(text)
})

it.each([
  ['a\nb', false],
  ['a\r\nb\r\n', false],
  ['a\r\nb\n', true],
  ['\na\r\n', true],
  ['of\rold', true],
  ['a\r\r\n', true],
  ['', false]
])('tells of %j whether its line ends are mixed: %s', (text, mixed) => {
  expect(hasMixedLineEnds(text)).toBe(mixed)
})

it('loses nothing of what is typed while it is being saved', () => {
  const open = draftOf(FILE, 'one\r\n')
  const now = savedDraft({ ...open, text: 'one two\n' }, { ...FILE, sha256: 'y' }, 'one\n')
  expect(now).toMatchObject({ text: 'one two\n', savedText: 'one\n', sha256: 'y', lineEnd: '\r\n' })
  expect(isDirty(now)).toBe(true)
})
