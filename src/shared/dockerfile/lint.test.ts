import { describe, expect, it } from 'vitest'
import { lintDockerfile } from './lint'

const rulesOf = (text: string): string[] =>
  lintDockerfile(text).map(({ rule, line }) => `${line} ${rule}`)

it('finds nothing wrong with a good Dockerfile, also with a BOM, CRLF and heredocs', () => {
  const text = [
    'ARG VERSION=22',
    'FROM node:${VERSION} AS build',
    'WORKDIR /app',
    'RUN --mount=type=cache,target=/root/.npm npm ci',
    'RUN <<EOF',
    'FOO this is no instruction',
    'EOF',
    'FROM scratch',
    'COPY --from=build --chown=1000 /app /app',
    'COPY --from=0 /a /b',
    'ONBUILD RUN true',
    'CMD ["/app/run"]',
    ''
  ]
  expect(rulesOf(text.join('\n'))).toEqual([])
  expect(rulesOf(`\uFEFF${text.join('\r\n')}`)).toEqual([])
})

describe('what the library finds, at its line', () => {
  it.each([
    ['', ['1 no-source-image']],
    ['FROM a\nCMD ["a"]\nCMD ["b"]\n', ['2 multiple-instructions']],
    ['FROM a\nMAINTAINER me\n', ['2 deprecated-maintainer']],
    ['FROM a\n\nFOO bar\n', ['3 unknown-instruction']],
    ["FROM a\nCMD ['a']\n", ['2 json-in-single-quotes']],
    [
      'FROM a AS x\nFROM b AS x\n',
      ['1 duplicate-build-stage-name', '2 duplicate-build-stage-name']
    ],
    ['FROM $NOWHERE\n', ['1 base-name-empty']],
    ['FROM a\nONBUILD FROM b\n', ['2 onbuild-trigger-disallowed']],
    ['FROM a\nWORKDIR here\n', ['2 workdir-is-not-absolute']],
    ['FROM a\nCOPY --frm=x a b\n', ['2 unknown-copy-flag']]
  ])('%j', (text, rules) => {
    expect(rulesOf(text)).toEqual(rules)
  })
})

describe('what our own rules find', () => {
  it.each([
    ['FROM a\nENTRYPOINT ["a"\n', ['2 broken-json']],
    ['FROM a\nCMD [1]\n', ['2 broken-json']],
    ['FROM a\nRUN [ -f /x ] && true\n', []],
    ['FROM a AS one\nCOPY --from=1 /a /b\nFROM b\n', ['2 unknown-stage']],
    ['FROM a\nCOPY --from=late /a /b\nFROM b AS late\n', ['2 unknown-stage']],
    ['FROM a\nCOPY --from=nginx:1 /a /b\n', []],
    ['FROM a\nRUN <<END\necho\n', ['2 open-heredoc']],
    ['FROM a\nENV API_TOKEN=abc\n', ['2 secret-in-image']],
    ['FROM a\nENV TOKEN_FILE=/run/token\n', []],
    ['FROM a\nCMD run me\n', ['2 shell-form']]
  ])('%j', (text, rules) => {
    expect(rulesOf(text)).toEqual(rules)
  })
})

it('names what a fault is about, where it stands', () => {
  expect(lintDockerfile('FROM a\n  FOO bar\n')).toEqual([
    {
      rule: 'unknown-instruction',
      severity: 'error',
      line: 2,
      column: 3,
      endLine: 2,
      endColumn: 6,
      subject: 'FOO'
    }
  ])
})

it('leaves alone what is far too long, at once', () => {
  expect(lintDockerfile(`FROM a\nRUN ${'x'.repeat(1_000_000)}\nFOO\n`)).toEqual([])
})
