import { expect, it } from 'vitest'
import { diffLines } from './diff-lines'

it('numbers both sides, and says where equal lines were left out', () => {
  const lines = diffLines([
    { beforeStart: 1, afterStart: 1, lines: [' a', '-b', '+B', '+C'] },
    {
      beforeStart: 10,
      afterStart: 11,
      lines: [' j', '-k', String.raw`\ No newline at end of file`]
    }
  ])
  expect(lines).toEqual([
    { kind: 'same', text: 'a', beforeNumber: 1, afterNumber: 1 },
    { kind: 'removed', text: 'b', beforeNumber: 2 },
    { kind: 'added', text: 'B', afterNumber: 2 },
    { kind: 'added', text: 'C', afterNumber: 3 },
    { kind: 'gap', lines: 7 },
    { kind: 'same', text: 'j', beforeNumber: 10, afterNumber: 11 },
    { kind: 'removed', text: 'k', beforeNumber: 11 },
    { kind: 'no-newline' }
  ])
})

it('cuts a line that is too long to be read', () => {
  const [line] = diffLines([{ beforeStart: 0, afterStart: 1, lines: [`+${'x'.repeat(5000)}`] }])
  expect(line).toMatchObject({ kind: 'added', text: `${'x'.repeat(2000)}…` })
})
