import { expect, it } from 'vitest'
import { PortolanError, type ErrorCode, type ErrorData } from '../../shared/bridge/errors'
import { parseDockerfile } from '../../shared/builds/dockerfile'
import type { BuildStep } from '../../shared/builds/model'
import { explainFailure } from './failure'

const DOCKERFILE = parseDockerfile('FROM busybox\nCOPY a /\nRUN make\n')
const CLASSIC: BuildStep = { id: 'step-3', name: 'RUN make', number: 3, total: 3, isCached: false }
const BUILDKIT: BuildStep = { ...CLASSIC, id: 'sha256:x', name: '[3/3] RUN make' }

function explain(words: string, step?: BuildStep, code: ErrorCode = 'stream-failed'): ErrorData {
  const error = new PortolanError({ code, message: words, engineMessage: words })
  return explainFailure(error, DOCKERFILE, step).data
}

// The engine's words are those of 20.10.24, and of newer ones where that says so.
it.each<[string, BuildStep | undefined, Partial<ErrorData>]>([
  [
    "The command '/bin/sh -c make' returned a non-zero code: 2",
    CLASSIC,
    {
      code: 'process-exit',
      exitCode: 2,
      line: 3,
      message: 'Dockerfile, line 3: “RUN make” ended with exit code 2.'
    }
  ],
  [
    'executor failed running [/bin/sh -c make]: exit code: 127',
    BUILDKIT,
    {
      code: 'process-exit',
      exitCode: 127,
      line: 3,
      hint: 'The command was not found in the image.'
    }
  ],
  [
    // 23 and later.
    'process "/bin/sh -c echo on line 9; exit 2" did not complete successfully: exit code: 2',
    BUILDKIT,
    { code: 'process-exit', exitCode: 2, line: 3 }
  ],
  [
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: FOO',
    undefined,
    { code: 'invalid-input', line: 2, message: 'Dockerfile, line 2: unknown instruction: FOO' }
  ],
  [
    "pull access denied for none, repository does not exist or may require 'docker login'",
    { ...CLASSIC, id: 'step-1', number: 1, name: 'FROM busybox' },
    { code: 'unauthorized', line: 1 }
  ],
  [
    'the --mount option requires BuildKit.',
    CLASSIC,
    { hint: 'Choose BuildKit as the builder.', line: 3 }
  ],
  ['something new', undefined, { code: 'stream-failed', message: 'something new' }]
])('%j', (words, step, expected) => {
  expect(explain(words, step)).toMatchObject({ ...expected, engineMessage: words })
})

it('leaves a lost connection and a broken stream as they are', () => {
  for (const code of ['engine-unreachable', 'protocol', 'cancelled'] as const) {
    expect(explain('exit code: 1', CLASSIC, code)).toEqual({
      code,
      message: 'exit code: 1',
      engineMessage: 'exit code: 1'
    })
  }
})
