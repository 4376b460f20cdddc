import type { ContainerInfo, ImageInfo } from 'dockerode'
import { describe, expect, it } from 'vitest'
import { toContainer, toImage } from './listing'

/** A row as engine 20.10 writes it, nulls included. */
function row(changes: Record<string, unknown>): ContainerInfo {
  return {
    Id: 'a'.repeat(64),
    Names: ['/web'],
    Image: 'busybox',
    ImageID: `sha256:${'b'.repeat(64)}`,
    Command: 'sh',
    Created: 1_700_000_000,
    State: 'running',
    Status: 'Up 3 seconds',
    Ports: [],
    Labels: {},
    HostConfig: { NetworkMode: 'default' },
    NetworkSettings: { Networks: {} },
    Mounts: [],
    ...changes
  }
}

describe('toContainer', () => {
  it('takes nulls for empty lists', () => {
    const container = toContainer(
      'e1',
      row({ Ports: null, Labels: null, Mounts: null, NetworkSettings: null }),
      0
    )
    expect(container).toMatchObject({ ports: [], labels: {}, mounts: [], attachments: [] })
  })

  it('takes its own name, not those that links gave it', () => {
    expect(toContainer('e1', row({ Names: ['/other/alias', '/web'] }), 0).name).toBe('web')
  })

  it('has the exit code of one that ended only', () => {
    expect(
      toContainer('e1', row({ State: 'exited', Status: 'Exited (3) 1 second ago' }), 0).exitCode
    ).toBe(3)
    expect(toContainer('e1', row({}), 0).exitCode).toBeUndefined()
  })

  it('sorts ports, and keeps one that is not published', () => {
    const ports = [
      { PrivatePort: 443, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }
    ]
    expect(toContainer('e1', row({ Ports: ports }), 0).ports).toEqual([
      { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' },
      { containerPort: 443, protocol: 'tcp' }
    ])
  })

  it('has the same order whatever the engine’s is', () => {
    const ports = [
      { IP: '0.0.0.0', PrivatePort: 53, PublicPort: 2, Type: 'udp' },
      { IP: '0.0.0.0', PrivatePort: 53, PublicPort: 1, Type: 'udp' },
      { IP: '0.0.0.0', PrivatePort: 53, PublicPort: 1, Type: 'tcp' },
      { IP: '::', PrivatePort: 53, PublicPort: 1, Type: 'tcp' }
    ]
    const mounts = ['/b', '/a', '/c'].map((Destination) => ({ Type: 'volume', Destination }))
    const one = toContainer('e1', row({ Ports: ports, Mounts: mounts }), 0)
    const changes = { Ports: ports.toReversed(), Mounts: mounts.toReversed() }
    expect(toContainer('e1', row(changes), 0)).toEqual(one)
    expect(one.mounts.map(({ destination }) => destination)).toEqual(['/a', '/b', '/c'])
  })
})

describe('toImage', () => {
  it('has no tag where the engine writes <none>', () => {
    const image = toImage('e1', {
      Id: `sha256:${'c'.repeat(64)}`,
      RepoTags: ['<none>:<none>'],
      RepoDigests: ['<none>@<none>'],
      Size: 5,
      Created: 1,
      Labels: null
    } as unknown as ImageInfo)
    expect(image).toMatchObject({ tags: [], digests: [], labels: {}, createdAtMs: 1000 })
  })
})
