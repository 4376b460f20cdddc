import { expect, it } from 'vitest'
import { complete } from './completion'

const IMAGES = ['busybox:latest', 'node:22']

/** Completes at the `|` of a text. */
function at(marked: string) {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = complete(text, offset, IMAGES)
  return found && { kind: found.kind, words: found.words, typed: text.slice(found.from, offset) }
}

it('proposes instructions at the start of a line only', () => {
  expect(at('FROM a\nCO|')).toMatchObject({ kind: 'instruction', typed: 'CO' })
  expect(at('|')?.words).toContain('FROM ')
  expect(at('FROM a\nONBUILD R|')).toMatchObject({ kind: 'instruction', typed: 'R' })
  expect(at('FROM a\nRUN x \\\n  CO|')).toBeUndefined()
})

it('proposes the stages above after --from=, and not those below', () => {
  const text = 'FROM a AS build\nFROM b AS test\nCOPY --from=b|\nFROM c AS late\n'
  expect(at(text)).toEqual({ kind: 'stage', typed: 'b', words: ['build', 'test'] })
})

it('proposes stages and local images after FROM', () => {
  const found = at('FROM a AS build\nFROM n|')
  expect(found).toMatchObject({ kind: 'image', typed: 'n' })
  expect(found?.words).toEqual(['build', 'busybox:latest', 'node:22', 'scratch'])
})

it('proposes the flags of the instruction', () => {
  expect(at('FROM a\nCOPY --|')?.words).toContain('--from=')
  expect(at('FROM a\nRUN --m|')?.words).toContain('--mount=type=cache,target=')
  expect(at('FROM a\nUSER --|')?.words).toEqual([])
})

it('proposes declared names after a dollar', () => {
  const found = at('ARG VERSION=1\nFROM a\nENV A=1 B=2\nENV OLD style\nRUN echo ${V|')
  expect(found).toEqual({ kind: 'variable', typed: 'V', words: ['VERSION', 'A', 'B', 'OLD'] })
})
