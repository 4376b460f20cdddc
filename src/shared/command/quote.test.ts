import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { formatCommand, quoteArgument } from './quote'

describe('quoteArgument', () => {
  it.each([
    ['plain', 'plain'],
    ['--tag=a/b:1.0', '--tag=a/b:1.0'],
    ['', "''"],
    ['two words', "'two words'"],
    ["it's", String.raw`'it'\''s'`],
    ['$HOME', "'$HOME'"],
    ['~/x', "'~/x'"],
    ['=ls', "'=ls'"],
    ['a*b', "'a*b'"],
    ['-n', '-n']
  ])('%j becomes %s', (argument, expected) => {
    expect(quoteArgument(argument)).toBe(expected)
  })
})

it('a shell reads a formatted command back into the same arguments', () => {
  const argv = [
    'a b',
    "it's",
    '$(id)',
    '`id`',
    'new\nline',
    '"',
    '\\',
    '!x',
    '#c',
    'é',
    '',
    '{a,b}',
    '~'
  ]
  const line = formatCommand(['printf', '%s\\0', ...argv])
  const out = execFileSync('sh', ['-c', line], { encoding: 'utf8' })
  expect(out.split('\0').slice(0, -1)).toEqual(argv)
})
