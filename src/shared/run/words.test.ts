import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { splitWords } from './words'

const texts = (line: string) => splitWords(line).words.map(({ text }) => text)

describe('splitWords', () => {
  it.each([
    'docker run busybox echo "hello from busybox"',
    String.raw`a 'b c' "d e" f\ g h'i'"j"k`,
    String.raw`'it'\''s' "a\"b" "a\b" 'a\b' a\\b`,
    'one \\\n  two\\\nthree "four\\\nfive" \'six\\\nseven\'',
    'a # a comment',
    'a#b c"#"d',
    "'' \"\" x''",
    'a=b --x=y,z {x} *nothing* [z]'
  ])('splits %j as sh does', (line) => {
    const out = execFileSync('sh', ['-f', '-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    expect(texts(line)).toEqual(out.split('\0').slice(0, -1))
  })

  it.each([
    ['-v $PWD/x:/y', ['$PWD']],
    ['"$(pwd)/a b":/y', ['$(pwd)']],
    ['`pwd`:/y', ['`pwd`']],
    ['${HOME:-/root}/x', ['${HOME:-/root}']],
    ['$(echo $(id -u)):1', ['$(echo $(id -u))']],
    ['~/x:/y a~b', ['~']],
    ['-e KEY=<your key>', ['<your key>']],
    ["ls /dev/{a,b} {1..3} {x} '{a,b}' {{.Name}}", ['{a,b}', '{1..3}']],
    ["'$HOME' \\$HOME a$ $ 5$%", []],
    ['"a\\$b"', []]
  ])('keeps what a shell would expand in %j', (line, expected) => {
    const { words } = splitWords(line)
    expect(words.flatMap((word) => word.expansions.map(({ text }) => text))).toEqual(expected)
  })

  it.each([
    ['a && b; c | d', ['a', '&&', 'b', ';', 'c', '|', 'd']],
    ['a > /x 2>&1', ['a', '>', '/x', '2>&1']],
    ['a\nb', ['a', '\n', 'b']],
    ['a ^\n b `\n c', ['a', 'b', 'c']]
  ])('tells operators from words in %j', (line, expected) => {
    expect(texts(line)).toEqual(expected)
  })

  it('knows where each word stands', () => {
    const line = '  run "a b"  \\\n c'
    const spans = splitWords(line).words.map(({ start, end }) => line.slice(start, end))
    expect(spans).toEqual(['run', '"a b"', 'c'])
  })

  it.each(["a 'b", 'a "b'])('says that a quote is never closed in %j', (line) => {
    expect(splitWords(line).faults).toHaveLength(1)
  })

  it('forgives spaces after the backslash that continues a line, and says so', () => {
    const { words, faults } = splitWords('a \\  \n b')
    expect(words.map(({ text }) => text)).toEqual(['a', 'b'])
    expect(faults).toHaveLength(1)
  })
})
