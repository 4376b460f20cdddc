import { describe, expect, it } from 'vitest'
import { historyText } from './dockerfile'
import { toStrata } from './strata'

function entry(createdBy: string, sizeBytes = 0) {
  return { createdBy, sizeBytes, comment: '' }
}

describe('toStrata', () => {
  it('gives layers to what has bytes, and to what may have made none of them', () => {
    const strata = toStrata(
      [
        entry('/bin/sh -c #(nop) ADD file:ab in / ', 5),
        entry('/bin/sh -c #(nop)  CMD ["sh"]'),
        entry('/bin/sh -c true'),
        entry('WORKDIR /srv'),
        entry('RUN /bin/sh -c x # buildkit', 3)
      ],
      ['a', 'b', 'c']
    )
    expect(strata.map(({ digest, layer }) => [digest, layer])).toEqual([
      ['a', 0],
      [undefined, undefined],
      ['b', 1],
      [undefined, undefined],
      ['c', 2]
    ])
  })

  it('adds layers of which no history tells', () => {
    expect(toStrata([], ['a', 'b']).map(({ digest }) => digest)).toEqual(['a', 'b'])
  })

  it('has no layers where the image has none', () => {
    expect(toStrata([entry('CMD ["x"]')], []).map(({ layer }) => layer)).toEqual([undefined])
  })
})

describe('historyText', () => {
  const strata = toStrata(
    [
      entry('/bin/sh -c #(nop) ADD file:ab in / ', 5),
      entry('/bin/sh -c #(nop)  CMD ["sh"]'),
      entry('RUN /bin/sh -c apt-get update     && apt-get install -y  x # buildkit', 3),
      entry('sh -c some\ncommit'),
      entry('')
    ],
    ['a', 'b']
  )

  it('writes what is a layer of the base as its FROM', () => {
    expect(historyText(strata, { name: 'debian:12', entries: 2 })).toBe(
      'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y  x\nRUN some\ncommit\n# …\n'
    )
  })

  it('begins from nothing where no base is known', () => {
    expect(historyText(strata)).toMatch(/^FROM scratch\nADD … \/\nCMD \["sh"\]\nRUN /)
  })
})
