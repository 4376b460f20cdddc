import { describe, expect, it } from 'vitest'
import { parseRunLine } from '../../../shared/run/parse'
import { diffSpecs, liveChange } from './spec-diff'

function spec(line: string) {
  return parseRunLine(`docker run ${line}`).spec
}

describe('what is changed', () => {
  it('is nothing where nothing is', () => {
    const one = spec('--name web -p 80:80 -e A=b nginx')
    expect(diffSpecs(one, spec('-e A=b --publish 80:80 --name web nginx'))).toEqual([])
  })

  it('names what goes and what comes, flag by flag', () => {
    const changes = diffSpecs(
      spec('-e A=b -e C=d -p 80:80 nginx:1 run'),
      spec('-e A=x -e C=d nginx:2 go')
    )
    expect(changes).toEqual([
      { what: 'image', gone: ['nginx:1'], come: ['nginx:2'], isLive: false },
      { what: 'command', gone: ['run'], come: ['go'], isLive: false },
      { what: '--publish', gone: ['80:80'], come: [], isLive: false },
      { what: '--env', gone: ['A=b'], come: ['A=x'], isLive: false }
    ])
    expect(liveChange(changes, spec('nginx:2'))).toBeUndefined()
  })

  it('is done in place where the engine can', () => {
    const after = spec('--memory 512m --cpus 1.5 --restart on-failure:3 --pids-limit 100 nginx')
    const changes = diffSpecs(spec('--memory 256m nginx'), after)
    expect(changes.every(({ isLive }) => isLive)).toBe(true)
    expect(liveChange(changes, after)).toEqual({
      memoryBytes: 512 * 1024 ** 2,
      memorySwapBytes: 1024 ** 3,
      nanoCpus: 1_500_000_000,
      restartPolicy: { name: 'on-failure', maximumRetryCount: 3 },
      pidsLimit: 100
    })
  })

  it('needs a new container to take a limit away, but not to give a restart policy up', () => {
    const before = spec('--memory 256m --restart always nginx')
    const changes = diffSpecs(before, spec('nginx'))
    expect(changes.map(({ what, isLive }) => `${what} ${isLive}`)).toEqual([
      '--restart true',
      '--memory false'
    ])
    const policy = diffSpecs(spec('--restart always nginx'), spec('nginx'))
    expect(liveChange(policy, spec('nginx'))).toEqual({ restartPolicy: { name: 'no' } })
  })
})
