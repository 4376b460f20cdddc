import { describe, expect, it } from 'vitest'
import { formatCommand } from '../command/quote'
import { volumeCommands } from './command'
import { volumeSpec, volumes } from './contract'
import { helperCommands } from './helper-command'
import { isAnonymous } from './model'

describe('the command lines', () => {
  it('of a plain volume say no more than its name', () => {
    expect(volumeCommands.create(volumeSpec.parse({ name: 'data' }))).toEqual([
      'docker',
      'volume',
      'create',
      'data'
    ])
  })

  it('of one with all', () => {
    const spec = volumeSpec.parse({
      name: 'data',
      driver: 'nfs',
      options: { o: 'addr=10.0.0.1,rw' },
      labels: { 'a.b': 'c d' }
    })
    expect(formatCommand(volumeCommands.create(spec))).toBe(
      "docker volume create --driver nfs --opt o=addr=10.0.0.1,rw --label 'a.b=c d' data"
    )
  })

  it('of a helper mount read-only what is only read', () => {
    const helper = { name: 'h', image: 'i', volume: 'data' }
    expect(helperCommands.create({ ...helper, access: 'read' })).toContain(
      'type=volume,source=data,target=/volume,readonly'
    )
    expect(helperCommands.create({ ...helper, access: 'write' })).toContain(
      'type=volume,source=data,target=/volume'
    )
  })

  it('quote a local path', () => {
    expect(helperCommands.backup('h', "/home/me/it's $x.tar.gz")).toBe(
      String.raw`docker cp h:/volume - | gzip > '/home/me/it'\''s $x.tar.gz'`
    )
    expect(helperCommands.restore('h', '/a b', true)).toBe("docker cp - h:/ < '/a b'")
    expect(helperCommands.restore('h', '/a', false)).toBe('docker cp - h:/volume < /a')
  })
})

describe('the contract', () => {
  it.each(['', 'a', '-rf', '../x', 'a/b', 'a b', 'том', 'a'.repeat(256)])(
    'refuses the name %j',
    (name) => {
      expect(volumes.remove.input.safeParse({ endpointId: 'e', name }).success).toBe(false)
    }
  )

  it.each(['ab', 'a.b-c_d', '0'.repeat(64), 'A1'])('takes the name %j', (name) => {
    expect(volumes.remove.input.safeParse({ endpointId: 'e', name }).success).toBe(true)
  })

  it('takes no key that the CLI would read otherwise', () => {
    expect(volumeSpec.safeParse({ name: 'ab', labels: { 'a=b': '' } }).success).toBe(false)
    expect(volumeSpec.safeParse({ name: 'ab', options: { 'a b': '' } }).success).toBe(false)
    expect(volumeSpec.safeParse({ name: 'ab', driver: '--help' }).success).toBe(false)
  })
})

it('knows a volume that nobody named', () => {
  expect(isAnonymous({ id: 'a1'.repeat(32) })).toBe(true)
  expect(isAnonymous({ id: 'g1'.repeat(32) })).toBe(false)
  expect(isAnonymous({ id: 'cafe' })).toBe(false)
})
