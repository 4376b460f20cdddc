import { describe, expect, it } from 'vitest'
import { parseDockerfile } from './dockerfile'
import {
  instructionOfClassicStep,
  instructionOfVertex,
  lineOfError,
  parseVertexName
} from './dockerfile-step'

/** `KEYWORD start-end text` of each instruction. */
function shape(text: string): string[] {
  return parseDockerfile(text).instructions.map(
    ({ keyword, flags, text: rest, startLine, endLine }) =>
      [`${keyword} ${startLine}-${endLine}`, ...flags, rest].join(' ')
  )
}

describe('parseDockerfile', () => {
  it.each([
    ['', []],
    ['# only a comment\n\n', []],
    ['FROM a', ['FROM 1-1 a']],
    ['\uFEFFfrom a\r\nrun  b \r\n', ['FROM 1-1 a', 'RUN 2-2 b']],
    ['FROM a\n\n  # c\n  RUN b', ['FROM 1-1 a', 'RUN 4-4 b']],
    ['RUN a \\\n  b \\\n  c\nRUN d', ['RUN 1-3 a   b   c', 'RUN 4-4 d']],
    ['RUN a \\   \n b', ['RUN 1-2 a  b']],
    ['RUN a \\\n# comment\n\n  b\nRUN c', ['RUN 1-4 a   b', 'RUN 5-5 c']],
    ['RUN a \\', ['RUN 1-1 a']],
    ['# escape=`\nRUN a `\n b\nRUN c:\\', ['RUN 2-3 a  b', 'RUN 4-4 c:\\']],
    ['FROM a\n# escape=`\nRUN a \\\n b', ['FROM 1-1 a', 'RUN 3-4 a  b']],
    ['COPY --from=x --chown=1:1 a b', ['COPY 1-1 --from=x --chown=1:1 a b']],
    ['RUN --mount=type=cache,target=/c make', ['RUN 1-1 --mount=type=cache,target=/c make']],
    ['RUN <<EOF\nFROM x\nEOF\nRUN b', ['RUN 1-3 <<EOF', 'RUN 4-4 b']],
    ['RUN <<-"EOF" cat\n\tx\n\tEOF\nRUN b', ['RUN 1-3 <<-"EOF" cat', 'RUN 4-4 b']],
    ['COPY <<a <<b /\n1\na\n2\nb\nRUN c', ['COPY 1-5 <<a <<b /', 'RUN 6-6 c']],
    ['RUN cat <<EOF\nnever ends\nRUN b', ['RUN 1-1 cat <<EOF', 'NEVER 2-2 ends', 'RUN 3-3 b']],
    ['LABEL a="<<EOF"\nRUN b', ['LABEL 1-1 a="<<EOF"', 'RUN 2-2 b']]
  ])('%j', (text, expected) => {
    expect(shape(text)).toEqual(expected)
  })

  it('reads directives at the top only', () => {
    expect(parseDockerfile('# syntax = docker/dockerfile:1\n# escape=`\nFROM a')).toMatchObject({
      syntax: 'docker/dockerfile:1',
      escape: '`'
    })
    expect(parseDockerfile('# a comment\n# syntax=x\nFROM a').syntax).toBeUndefined()
    expect(parseDockerfile('\n# syntax=x\nFROM a').syntax).toBeUndefined()
  })

  it('reads stages, arguments and base images', () => {
    const text = [
      'ARG VERSION=20 REGISTRY="my.reg:5000"',
      'ARG EMPTY',
      'FROM --platform=$BUILDPLATFORM node:${VERSION}-slim AS Build',
      'ARG TOKEN',
      'FROM build as test',
      'FROM ${REGISTRY}/x:${EMPTY:-1}',
      'FROM scratch',
      'FROM node:$VERSION-slim',
      'FROM ${UNKNOWN}'
    ].join('\n')
    const { stages, args, baseImages } = parseDockerfile(text)
    expect(stages).toEqual([
      {
        index: 0,
        name: 'build',
        base: 'node:${VERSION}-slim',
        platform: '$BUILDPLATFORM',
        line: 3
      },
      { index: 1, name: 'test', base: 'build', baseStage: 0, line: 5 },
      { index: 2, base: '${REGISTRY}/x:${EMPTY:-1}', line: 6 },
      { index: 3, base: 'scratch', line: 7 },
      { index: 4, base: 'node:$VERSION-slim', line: 8 },
      { index: 5, base: '${UNKNOWN}', line: 9 }
    ])
    expect(args).toEqual([
      { name: 'VERSION', defaultValue: '20', line: 1 },
      { name: 'REGISTRY', defaultValue: 'my.reg:5000', line: 1 },
      { name: 'EMPTY', line: 2 },
      { name: 'TOKEN', stage: 0, line: 4 }
    ])
    expect(baseImages).toEqual(['node:20-slim', 'my.reg:5000/x:1', '${UNKNOWN}'])
  })
})

const STAGED = parseDockerfile(
  [
    'ARG A=1', // 1
    'FROM busybox AS build', // 2
    'ENV X=1', // 3
    'RUN make \\', // 4
    '  all', // 5
    'WORKDIR /w', // 6
    'FROM scratch', // 7
    'COPY --from=build /a /', // 8
    'FROM build AS last', // 9
    'RUN true' // 10
  ].join('\n')
)

describe('steps', () => {
  it.each([
    [1, 1],
    [2, 2],
    [4, 4],
    [5, 6],
    [9, 10],
    [10, undefined],
    [0, undefined]
  ])('classic step %i is on line %s', (step, line) => {
    expect(instructionOfClassicStep(STAGED, step)?.startLine).toBe(line)
  })

  it.each([
    ['[build 1/3] FROM docker.io/library/busybox', 2],
    ['[build 2/3] RUN make   all', 4],
    ['[linux/amd64 build 3/3] WORKDIR /w', 6],
    ['[stage-1 1/1] COPY --from=build /a /', 8],
    ['[last 1/1] RUN true', 10],
    ['[internal] load build definition from Dockerfile', undefined],
    ['exporting to image', undefined],
    ['[2/3] RUN make', undefined],
    // A trigger of the base image shifts the numbers: the text decides.
    ['[build 3/4] RUN make   all', 4],
    ['[build 2/4] RUN from the base image', undefined]
  ])('vertex %j is on line %s', (name, line) => {
    expect(instructionOfVertex(STAGED, name)?.startLine).toBe(line)
  })

  it('a single stage has no name', () => {
    const single = parseDockerfile('FROM scratch\nCOPY a /\nCOPY b /')
    expect(instructionOfVertex(single, '[1/2] COPY a /')?.startLine).toBe(2)
    expect(instructionOfVertex(single, '[2/2] COPY b /')?.startLine).toBe(3)
  })

  it('a vertex’s name is read', () => {
    expect(parseVertexName('[linux/amd64 2/3] RUN a\nb')).toEqual({
      number: 2,
      total: 3,
      instruction: 'RUN a\nb'
    })
  })

  it.each([
    ['dockerfile parse error line 2: unknown instruction: FOO', 2],
    ['failed to solve: dockerfile parse error on line 12: x', 12],
    ['Dockerfile:7\n-----', 7],
    ['exit code: 5', undefined],
    ['command line 4 of 5', undefined]
  ])('the line of %j is %s', (message, line) => {
    expect(lineOfError(message)).toBe(line)
  })
})
