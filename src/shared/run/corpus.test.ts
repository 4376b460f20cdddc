import { describe, expect, it } from 'vitest'
import lines from '../../../test/fixtures/run/lines.json'
import { FLAGS, flagNamed, flagOfLetter, type Flag } from './flags'
import { runCommand, runLines } from './format'
import { findRun, withoutPrompt } from './line-head'
import type { RunSpec } from './model'
import { parseRunLine } from './parse'
import { splitWords } from './words'

/** What may stand before the flags without a word about it. */
const HEAD = new Set(['$', 'sudo', 'docker', 'container', 'run'])

interface Counted {
  /** How often each flag is given, by its field. */
  readonly given: Map<string, number>
  /** The image, its command and its arguments. */
  readonly rest: readonly string[]
}

/** Counts the flags of a line's words in another way than the parser: by what each word begins with. */
function count(words: readonly string[]): Counted {
  const given = new Map<string, number>()
  const add = (flag: Flag | undefined) =>
    given.set(flag?.field ?? 'unread', (given.get(flag?.field ?? 'unread') ?? 0) + 1)
  let at = 0
  for (; at < words.length && /^-./.test(words[at] ?? ''); at++) {
    const word = words[at] ?? ''
    const letters = word.startsWith('--') ? '' : word.slice(1)
    const switches = /^[a-zA-Z]*/.exec(letters)?.[0].split('') ?? []
    const first = switches.findIndex((letter) => flagOfLetter(letter)?.kind !== 'switch')
    for (const letter of first < 0 ? switches : switches.slice(0, first)) add(flagOfLetter(letter))
    const last = word.startsWith('--')
      ? flagNamed(/^--([^=]*)/.exec(word)?.[1] ?? '')
      : flagOfLetter(switches[first] ?? '')
    if (!word.startsWith('--') && first < 0) continue
    add(last)
    const hasValue = word.startsWith('--') ? word.includes('=') : letters.length > first + 1
    const next = words[at + 1] ?? '-'
    const takesUnknown = !last && !next.startsWith('-') && (words[at + 2] ?? '').startsWith('-')
    if (!hasValue && (last ? last.kind !== 'switch' : takesUnknown)) at++
  }
  return { given, rest: words.slice(at) }
}

/** How many of a flag a spec holds. */
function held(spec: RunSpec, { field, kind }: Flag): number {
  const value = spec[field]
  return kind === 'list'
    ? ((value as readonly unknown[] | undefined)?.length ?? 0)
    : value === undefined
      ? 0
      : 1
}

describe(`${lines.length} docker run lines of public documentation`, () => {
  it('are at least 300, each once', () => {
    const different = new Set(lines.map(({ line }) => line.replaceAll(/\s+/g, ' ')))
    expect(different.size).toBe(lines.length)
    expect(lines.length).toBeGreaterThanOrEqual(300)
  })

  it.each(lines)('$line', ({ line, problems: expected = [] }) => {
    const { spec, problems } = parseRunLine(line)
    expect(problems.map(({ kind, text }) => `${kind}: ${text}`)).toEqual(expected)

    // Printed and read again it is the same.
    expect(parseRunLine(runCommand(spec)).spec).toEqual(spec)
    expect(parseRunLine(runLines(spec)).spec).toEqual(spec)

    // Each word is a part of the run, or named by a problem.
    const { words } = splitWords(withoutPrompt(line))
    const run = findRun(words, line)
    const named = (start: number, end: number) =>
      problems.some(({ span }) => span && span.start <= start && end <= span.end)
    const lost = words.filter(
      (word) =>
        word.kind === 'word' &&
        !run.words.includes(word) &&
        !HEAD.has(word.text) &&
        !named(word.start, word.end)
    )
    expect(lost).toEqual([])

    // And each flag of the run is in the spec.
    const { given, rest } = count(run.words.map(({ text }) => text))
    expect([spec.image, ...(spec.command ?? [])]).toEqual(rest.length > 0 ? rest : [''])
    const invalid = spec.unread?.length ?? 0
    const found = FLAGS.reduce((sum, flag) => sum + held(spec, flag), 0) + invalid
    const again = problems.filter(({ kind }) => kind === 'overridden').length
    const usual = FLAGS.filter(
      ({ kind, field }) => kind === 'switch' && given.has(field) && spec[field] === undefined
    )
    const twice = FLAGS.filter(({ kind }) => kind === 'switch').reduce(
      (sum, { field }) => sum + Math.max(0, (given.get(field) ?? 0) - 1),
      0
    )
    const total = [...given.values()].reduce((sum, each) => sum + each, 0)
    expect(found + again + usual.length + twice).toBe(total)
  })
})
