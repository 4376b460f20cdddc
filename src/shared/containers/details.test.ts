import { describe, expect, it } from 'vitest'
import notStarted from '../../../test/fixtures/containers/inspect-not-started.json'
import outOfMemory from '../../../test/fixtures/containers/inspect-out-of-memory.json'
import running from '../../../test/fixtures/containers/inspect-running.json'
import { toDetails } from './details'
import { exitReason, lifeMs } from './exit'
import { isSecret } from './secret'

describe('toDetails', () => {
  it('reads one that runs (recorded from 20.10.24)', () => {
    const details = toDetails(running)
    expect(details).toMatchObject({
      exitCode: 0,
      isOutOfMemory: false,
      pid: 231,
      restartPolicy: 'on-failure:5',
      restartCount: 0,
      memoryLimitBytes: 64 * 1024 * 1024,
      command: ['sh', '-c', 'sleep 1000'],
      entrypoint: [],
      env: ['SECRET_TOKEN=abc', 'A=b c', expect.stringMatching(/^PATH=/)],
      mounts: [
        { kind: 'volume', source: 'named', destination: '/data', readOnly: false },
        { kind: 'bind', source: '/tmp', destination: '/host', readOnly: true },
        { kind: 'tmpfs', source: '', destination: '/scratch', readOnly: false }
      ],
      networks: [{ name: 'bridge', ipAddress: '172.17.0.2', aliases: [] }],
      logDriver: 'json-file'
    })
    expect(details.finishedAtMs).toBeUndefined()
    expect(details.health).toMatchObject({ status: 'healthy', failingStreak: 0 })
    const [newest, older] = details.health?.runs ?? []
    expect(newest).toMatchObject({ exitCode: 0, output: 'fine\n', tookMs: 90 })
    expect(newest?.startedAtMs).toBeGreaterThan(older?.startedAtMs ?? Infinity)
  })

  it('reads one that ran out of memory, and one that was never started', () => {
    const oom = toDetails(outOfMemory)
    expect(oom).toMatchObject({ exitCode: 137, isOutOfMemory: true, memoryLimitBytes: 6291456 })
    expect(lifeMs(oom)).toBe(17)
    const never = toDetails(notStarted)
    expect(never.error).toContain('executable file not found')
    expect(never.startedAtMs).toBeUndefined()
    expect(lifeMs(never)).toBeUndefined()
  })

  it.each([undefined, null, 'no', [], {}, { State: null, Config: null, Mounts: null }])(
    'has an answer for %j',
    (value) => {
      expect(toDetails(value)).toMatchObject({ restartPolicy: 'no', env: [], networks: [] })
    }
  )

  it('leaves nulls and what has another shape out', () => {
    const details = toDetails({
      Id: 'abcdefabcdef00',
      State: { Health: { Status: 'none', Log: null }, ExitCode: 'x' },
      Config: { Env: ['A=1', null], Cmd: 'one', Labels: { a: null } },
      NetworkSettings: { Networks: { n: { Aliases: ['web', 'abcdefabcdef'], DNSNames: ['web'] } } }
    })
    expect(details.health).toBeUndefined()
    expect(details.exitCode).toBeUndefined()
    expect(details).toMatchObject({ env: ['A=1'], command: ['one'], labels: { a: '' } })
    expect(details.networks[0]?.aliases).toEqual(['web'])
  })
})

describe('exitReason', () => {
  it.each([
    [0, false, 'done'],
    [0, true, 'done'],
    [1, false, 'failed'],
    [3, true, 'out-of-memory'],
    [125, false, 'engine-failed'],
    [126, false, 'not-executable'],
    [127, false, 'not-found'],
    [137, true, 'out-of-memory'],
    [137, false, 'killed'],
    [139, false, 'segfault'],
    [143, false, 'terminated'],
    [129, false, 'signal'],
    [255, false, 'failed']
  ] as const)('of %i (out of memory: %s) is %s', (code, oom, reason) => {
    expect(exitReason(code, oom)).toBe(reason)
  })
})

describe('isSecret', () => {
  it.each([
    ['POSTGRES_PASSWORD', 'x', true],
    ['API_KEY', 'x', true],
    ['DATABASE_URL', 'postgres://me:hunter2@db/x', true],
    ['TOKEN', '', false],
    ['PATH', '/bin', false],
    ['URL', 'http://host:80/a@b', false]
  ])('%s=%s: %s', (name, value, secret) => {
    expect(isSecret(name, value)).toBe(secret)
  })
})
