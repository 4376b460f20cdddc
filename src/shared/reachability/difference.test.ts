import { expect, it } from 'vitest'
import { difference } from './difference'
import type { KeptContainer, KeptSweep } from './kept'

function container(
  name: string,
  networks: string,
  more: Partial<KeptContainer> = {}
): KeptContainer {
  return {
    id: `id-${name}`,
    name,
    state: 'running',
    networks: networks
      .split(' ')
      .filter(Boolean)
      .map((each) => ({ id: `n-${each}`, name: each })),
    ...more
  }
}

function swept(
  atMs: number,
  containers: readonly KeptContainer[],
  ...verdicts: string[]
): KeptSweep {
  return { id: String(atMs), startedAtMs: atMs, durationMs: 5, containers, verdicts }
}

it('web left my-net, so web and db no longer reach each other', () => {
  const before = swept(
    1,
    [container('web', 'bridge my-net'), container('db', 'my-net')],
    '.r',
    'r.'
  )
  const after = swept(2, [container('db', 'my-net'), container('web', 'bridge')], '.u', 'u.')
  const because = [{ code: 'left-network', name: 'web', networkName: 'my-net' }]
  expect(difference(before, after)).toEqual({
    fromMs: 1,
    toMs: 2,
    happenings: because,
    pairs: [
      {
        sourceId: 'id-db',
        targetId: 'id-web',
        sourceName: 'db',
        targetName: 'web',
        from: 'reachable',
        to: 'unreachable',
        because
      },
      {
        sourceId: 'id-web',
        targetId: 'id-db',
        sourceName: 'web',
        targetName: 'db',
        from: 'reachable',
        to: 'unreachable',
        because
      }
    ]
  })
  expect(difference(after, before).pairs[0]).toMatchObject({
    from: 'unreachable',
    to: 'reachable',
    because: [{ code: 'joined-network', name: 'web', networkName: 'my-net' }]
  })
})

it('blames no network that the two were never both on', () => {
  const before = swept(1, [container('web', 'net other'), container('db', 'net')], '.r', 'r.')
  const after = swept(
    2,
    [container('web', 'net'), container('db', 'net', { state: 'exited' })],
    '.u',
    '?.'
  )
  expect(difference(before, after).pairs.map(({ to, because }) => ({ to, because }))).toEqual([
    { to: 'unreachable', because: [{ code: 'state', name: 'db', from: 'running', to: 'exited' }] },
    { to: 'unknown', because: [{ code: 'state', name: 'db', from: 'running', to: 'exited' }] }
  ])
})

it('tells containers that came, went, were renamed or made anew', () => {
  const before = swept(
    1,
    [container('web', 'net'), container('old', 'net'), container('gone', 'net')],
    '.rr',
    'r.r',
    'rr.'
  )
  const after = swept(
    2,
    [
      container('web', 'net', { id: 'id-2' }),
      container('new-name', 'net', { id: 'id-old' }),
      container('fresh', 'net')
    ],
    '.ur',
    'r.r',
    'rr.'
  )
  const { pairs, happenings } = difference(before, after)
  expect(happenings).toEqual([
    { code: 'replaced', name: 'web' },
    { code: 'renamed', name: 'new-name', before: 'old' },
    { code: 'appeared', name: 'fresh' },
    { code: 'gone', name: 'gone' }
  ])
  expect(pairs).toMatchObject([
    { sourceName: 'web', targetName: 'new-name', because: [{ code: 'replaced', name: 'web' }] }
  ])
})

it('finds nothing where nothing changed', () => {
  const one = swept(1, [container('web', 'net'), container('db', 'net')], '.r', 'r.')
  expect(difference(one, { ...one, startedAtMs: 9 })).toEqual({
    fromMs: 1,
    toMs: 9,
    pairs: [],
    happenings: []
  })
})
