import { describe, expect, it } from 'vitest'
import { carryVolumes } from './carry-volumes'

type Mounts = Parameters<typeof carryVolumes>[1]

function volume(Name: string, Destination: string, RW = true): Mounts[number] {
  return { Type: 'volume', Name, Destination, RW, Source: '', Mode: '', Propagation: '' }
}

describe('carryVolumes', () => {
  it('names the old volume where the new body or its image would get an anonymous one', () => {
    const { body, carried, leftVolumes } = carryVolumes(
      {
        Volumes: { '/a': {} },
        HostConfig: { Binds: ['/b'], Mounts: [{ Type: 'volume', Target: '/c', Source: '' }] }
      },
      [volume('va', '/a'), volume('vb', '/b'), volume('vc', '/c'), volume('vd', '/d', false)],
      ['/d/']
    )
    expect(body.HostConfig?.Binds).toEqual(['va:/a', 'vb:/b', 'vc:/c', 'vd:/d:ro'])
    expect(body.HostConfig?.Mounts).toEqual([])
    expect(body.Volumes).toEqual({})
    expect(carried.map(({ place }) => place)).toEqual(['/a', '/b', '/c', '/d'])
    expect(leftVolumes).toEqual([])
  })

  it('leaves what the new body mounts by name, and a place that nobody declares', () => {
    const { body, carried, leftVolumes } = carryVolumes(
      {
        Volumes: { '/cache': {} },
        HostConfig: { Binds: ['other:/a', 'same:/b'], Tmpfs: { '/cache': '' } }
      },
      [volume('old', '/a'), volume('same', '/b'), volume('gone', '/c'), volume('c', '/cache')],
      ['/a']
    )
    expect(body.HostConfig?.Binds).toEqual(['other:/a', 'same:/b'])
    expect(carried).toEqual([])
    expect(leftVolumes).toEqual(['old', 'gone', 'c'])
  })

  it('does not take a bind of the host for a volume', () => {
    const host = { ...volume('', '/a'), Type: 'bind', Name: undefined }
    const { carried, leftVolumes } = carryVolumes({}, [host as Mounts[number]], ['/a'])
    expect(carried).toEqual([])
    expect(leftVolumes).toEqual([])
  })
})
