import { describe, expect, it } from 'vitest'
import { formatCommand } from '../command/quote'
import { cleanupCommands } from './command'
import { cleanup } from './contract'
import { referencesOf, totalsOf, unusedImages, type DiskUsage, type ImageUse } from './model'

function image(id: string, more: Partial<ImageUse>): ImageUse {
  return { id, tags: [], sizeBytes: 100, sharedBytes: 0, containers: 0, createdAtMs: 0, ...more }
}

const usage: DiskUsage = {
  layersBytes: 250,
  images: [
    image('a', { tags: ['web:1', 'web:2'], sharedBytes: 40, containers: 2 }),
    image('b', { tags: ['old:1'], sizeBytes: 90, sharedBytes: 40 }),
    image('c', { sizeBytes: 100 })
  ],
  containers: [
    { id: '1', name: 'web', image: 'web:1', isAlive: true, writtenBytes: 10 },
    { id: '2', name: 'was', image: 'web:1', isAlive: false, writtenBytes: 5 }
  ],
  volumes: [
    { name: 'data', sizeBytes: 1000, containers: 1 },
    { name: 'left', sizeBytes: 500, containers: 0 },
    { name: 'far', containers: 0 }
  ],
  cache: [
    { id: 'x', kind: 'regular', description: '', sizeBytes: 70, isInUse: false, isShared: false },
    { id: 'y', kind: 'regular', description: '', sizeBytes: 20, isInUse: true, isShared: false },
    { id: 'z', kind: 'regular', description: '', sizeBytes: 9, isInUse: false, isShared: true }
  ]
}

describe('disk usage', () => {
  it('sums up as docker system df does', () => {
    expect(totalsOf(usage)).toEqual([
      { kind: 'images', count: 3, active: 1, bytes: 250, freeableBytes: 190 },
      { kind: 'containers', count: 2, active: 1, bytes: 15, freeableBytes: 5 },
      { kind: 'volumes', count: 3, active: 1, bytes: 1500, freeableBytes: 500 },
      { kind: 'cache', count: 3, active: 1, bytes: 90, freeableBytes: 70 }
    ])
  })

  it('knows the images that nobody uses, the largest first', () => {
    expect(unusedImages(usage, 'unused').map(({ id }) => id)).toEqual(['c', 'b'])
    expect(unusedImages(usage, 'dangling').map(({ id }) => id)).toEqual(['c'])
    expect(usage.images.flatMap(referencesOf)).toEqual(['web:1', 'web:2', 'old:1', 'c'])
  })
})

describe('the commands and calls', () => {
  it('write what a person would', () => {
    const id = `sha256:${'b'.repeat(64)}`
    expect(formatCommand(cleanupCommands.removeImages(['web:1', id], true))).toBe(
      'docker rmi --force web:1 bbbbbbbbbbbb'
    )
    expect(formatCommand(cleanupCommands.usage())).toBe('docker system df --verbose')
  })

  it.each([
    ['removeImages', { endpointId: 'e', references: [], force: false }],
    ['removeImages', { endpointId: 'e', references: ['a/../b'], force: false }],
    ['removeImages', { endpointId: 'e', references: ['-x'], force: true }],
    ['children', { endpointId: 'e', imageIds: ['web'] }]
  ] as const)('%s refuses %j', (verb, input) => {
    expect(cleanup[verb].input.safeParse(input).success).toBe(false)
  })
})
