import { describe, expect, it } from 'vitest'
import { arrange, nextSort } from './arrange'

const TABLE = {
  titles: ['PID', 'PPID', '%CPU', 'ELAPSED', 'COMMAND'],
  processes: [
    ['100', '7', '0.5', '01:00', '/sbin/docker-init'],
    ['101', '100', '10.0', '09:59', 'nginx: master'],
    ['200', '7', '0.0', '1-02:00:00', 'sh'],
    ['102', '101', '9.5', '00:09', 'nginx: worker'],
    ['201', '200', '0.0', '00:01', 'sleep 5'],
    ['103', '101', '2', '00:10', 'nginx: worker']
  ]
}

function shown(sort?: Parameters<typeof arrange>[1]): string[] {
  return arrange(TABLE, sort).map(({ pid, depth }) => `${'-'.repeat(depth)}${pid}`)
}

describe('processes', () => {
  it('stand under the one that started them', () => {
    expect(shown()).toEqual(['100', '-101', '--102', '--103', '200', '-201'])
  })

  it('are sorted by a column, numbers as numbers', () => {
    expect(shown({ column: 2, descending: true })).toEqual([
      '101',
      '102',
      '103',
      '100',
      '200',
      '201'
    ])
    expect(shown({ column: 0, descending: false })[0]).toBe('100')
    expect(shown({ column: 4, descending: false }).at(-1)).toBe('201')
  })

  it('are all shown, also when they seem to have started each other, and when nothing tells who did', () => {
    const odd = {
      titles: ['PID', 'PPID'],
      processes: [
        ['1', '2'],
        ['2', '1'],
        ['3', '3']
      ]
    }
    expect(arrange(odd, undefined).map(({ pid }) => pid)).toEqual(['1', '2', '3'])
    const bare = {
      titles: ['Name', 'CPU'],
      processes: [
        ['smss.exe', '1'],
        ['csrss.exe', '2']
      ]
    }
    expect(arrange(bare, undefined).map(({ cells }) => cells[0])).toEqual(['smss.exe', 'csrss.exe'])
    expect(arrange({ titles: [], processes: [] }, undefined)).toEqual([])
  })

  it('go up, down, and back to the tree', () => {
    const up = nextSort(undefined, 2)
    const down = nextSort(up, 2)
    expect([up, down, nextSort(down, 2), nextSort(down, 1)]).toEqual([
      { column: 2, descending: false },
      { column: 2, descending: true },
      undefined,
      { column: 1, descending: false }
    ])
  })
})
