import { expect, it } from 'vitest'
import { parseListing } from './shell-listing'

const N = 'portolan-0123'
const record = (facts: string, name: string, linked = name): string =>
  `${N}:${facts}:./${name}${N}>${linked}\n`

it('takes names apart whatever is in them', () => {
  const said =
    record('81a4:5:1600000000:0:0:root:root', 'a\nb: 1') +
    record('a1ff:3:1:1000:9:sailor:UNKNOWN', 'l', `'./l' -> '../x y'`) +
    record('a1ff:3:1:0:0:root:root', "it's -> q", `./it's -> q -> /to`) +
    `${N} done\n`
  expect(parseListing(said, N)).toEqual([
    {
      name: 'a\nb: 1',
      kind: 'file',
      mode: 0o644,
      sizeBytes: 5,
      modifiedAtMs: 1_600_000_000_000,
      uid: 0,
      gid: 0,
      owner: 'root',
      group: 'root'
    },
    expect.objectContaining({
      name: 'l',
      kind: 'link',
      linkTarget: '../x y',
      owner: 'sailor',
      gid: 9
    }),
    expect.objectContaining({ name: "it's -> q", linkTarget: '/to' })
  ])
})

it('trusts nothing that was cut', () => {
  expect(parseListing(record('81a4:5:1:0:0:root:root', 'a'), N)).toBeUndefined()
  expect(parseListing(`sh: stat: not found\n`, N)).toBeUndefined()
  expect(parseListing(`${N} done\n`, N)).toEqual([])
})
