import { describe, expect, it } from 'vitest'
import type { Hub } from './graph'
import { hueOfHubs } from './hues'
import { mooring, reachCurve } from './line-paths'
import { neighbour } from './neighbour'
import { fit, reveal, toChart, zoomAt } from './viewport'

const pill = (x: number, y: number) => ({ x, y, width: 100, height: 28 })

describe('mooring', () => {
  it('ends at the pill, at the end that looks to the hub', () => {
    const hub = { x: 0, y: 0 }
    expect(mooring(hub, pill(200, 40), false)).toMatchObject({
      end: { x: 150, y: 40 },
      from: 'left'
    })
    expect(mooring(hub, pill(-200, 40), false)).toMatchObject({
      end: { x: -150, y: 40 },
      from: 'right'
    })
    expect(mooring(hub, pill(120, 200), true)).toMatchObject({
      end: { x: 120, y: 186 },
      from: 'above'
    })
    expect(mooring(hub, pill(10, -200), false)).toMatchObject({
      end: { x: 10, y: -186 },
      from: 'below'
    })
  })
})

describe('reachCurve', () => {
  it('keeps a line apart from its way back', () => {
    for (const [one, two, around] of [
      [pill(0, 0), pill(400, 0), 0],
      [pill(0, 0), pill(400, 300), 0],
      [pill(0, 0), pill(0, 300), 1],
      [pill(0, 0), pill(10, 300), -1]
    ] as const) {
      const [there, back] = [
        reachCurve(one, two, around).middle,
        reachCurve(two, one, around).middle
      ]
      expect(Math.hypot(there.x - back.x, there.y - back.y)).toBeGreaterThan(5)
    }
  })
})

describe('neighbour', () => {
  const places = new Map([
    ['a', { x: 0, y: 0 }],
    ['right', { x: 200, y: 10 }],
    ['far right', { x: 400, y: 0 }],
    ['below', { x: 10, y: 40 }],
    ['above', { x: 0, y: -40 }]
  ])
  it.each([
    ['ArrowRight', 'right'],
    ['ArrowDown', 'below'],
    ['ArrowUp', 'above'],
    ['ArrowLeft', undefined],
    ['Enter', undefined]
  ])('%s leads to %s', (key, expected) => {
    expect(neighbour(places, 'a', key)).toBe(expected)
  })
})

describe('viewport', () => {
  const frame = { width: 800, height: 600 }
  it('fits everything into the frame, in its middle', () => {
    const bounds = { x: 1000, y: 500, width: 2000, height: 1000 }
    const viewport = fit(bounds, frame)
    const middle = toChart(viewport, { x: 400, y: 300 })
    expect(middle.x).toBeCloseTo(1000)
    expect(middle.y).toBeCloseTo(500)
    expect(toChart(viewport, { x: 0, y: 0 }).x).toBeLessThanOrEqual(0)
    expect(fit({ ...bounds, width: 10, height: 10 }, frame).zoom).toBeLessThan(1.5)
    expect(fit(undefined, frame)).toEqual({ x: 0, y: 0, zoom: 1 })
  })

  it('zooms around the pointer, within limits', () => {
    const viewport = { x: 10, y: 20, zoom: 1 }
    const at = { x: 300, y: 200 }
    const nearer = zoomAt(viewport, 2, at)
    expect(toChart(nearer, at).x).toBeCloseTo(toChart(viewport, at).x)
    expect(toChart(nearer, at).y).toBeCloseTo(toChart(viewport, at).y)
    expect(zoomAt(viewport, 1e6, at).zoom).toBeLessThan(10)
    expect(zoomAt(viewport, 1e-6, at).zoom).toBeGreaterThan(0.05)
  })

  it('moves only as far as is needed to show a point', () => {
    const viewport = { x: 0, y: 0, zoom: 1 }
    expect(reveal(viewport, { x: 400, y: 300 }, frame)).toEqual(viewport)
    expect(reveal(viewport, { x: 900, y: 300 }, frame).x).toBeLessThan(-100)
    expect(reveal(viewport, { x: 400, y: -50 }, frame).y).toBeGreaterThan(50)
  })
})

describe('hueOfHubs', () => {
  const hubs = (...names: string[]): Hub[] =>
    names.map((name) => ({ key: name, kind: 'network', name }))

  it('gives eight networks eight colours, and keeps those that were given', () => {
    const names = ['bridge', 'a', 'b', 'c', 'd', 'e', 'f', 'g']
    const hues = hueOfHubs(hubs(...names))
    expect(new Set(hues.values()).size).toBe(8)
    const more = hueOfHubs(hubs('0', ...names.slice(1)), hues)
    for (const name of names.slice(1)) expect(more.get(name)).toBe(hues.get(name))
  })

  it('gives places no colour of a network', () => {
    const hues = hueOfHubs([{ key: 'host', kind: 'host', name: 'host' }])
    expect(hues.get('host')).not.toContain('--net-')
  })
})
