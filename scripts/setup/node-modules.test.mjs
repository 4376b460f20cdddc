import { describe, expect, it } from 'vitest'
import { holdsLocked, stampOf } from './node-modules.mjs'

/** @param {Record<string, object>} packages */
const lock = (packages) => JSON.stringify({ packages })

const react = { version: '19.3.1', integrity: 'sha512-a' }
const forOtherPlatforms = { version: '1.0.0', integrity: 'sha512-b', optional: true }
const locked = lock({
  '': { name: 'portolan' },
  'node_modules/react': react,
  'node_modules/fsevents': forOtherPlatforms
})

describe('holdsLocked', () => {
  it('accepts the locked tree, with or without optional packages', () => {
    expect(holdsLocked(locked, lock({ 'node_modules/react': react }))).toBe(true)
    const all = { 'node_modules/react': react, 'node_modules/fsevents': forOtherPlatforms }
    expect(holdsLocked(locked, lock(all))).toBe(true)
  })

  it.each([
    ['nothing is installed', undefined],
    ['a package is missing', lock({})],
    ['a version differs', lock({ 'node_modules/react': { ...react, version: '19.3.0' } })],
    ['the contents differ', lock({ 'node_modules/react': { ...react, integrity: 'sha512-c' } })],
    [
      'an optional one is older',
      lock({
        'node_modules/react': react,
        'node_modules/fsevents': { ...forOtherPlatforms, version: '0.9.0' }
      })
    ],
    ['there is one more', lock({ 'node_modules/react': react, 'node_modules/left-pad': react })]
  ])('refuses a tree where %s', (_case, installed) => {
    expect(holdsLocked(locked, installed)).toBe(false)
  })
})

describe('stampOf', () => {
  it('is the same for the same lockfile and another for another one', () => {
    expect(stampOf(locked)).toBe(stampOf(locked))
    expect(stampOf(locked)).not.toBe(stampOf(`${locked} `))
  })
})
