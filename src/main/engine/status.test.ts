import { describe, expect, it } from 'vitest'
import { parseStatus } from './status'

const NOW_MS = 1_800_000_000_000

describe('parseStatus', () => {
  it.each([
    ['Up 5 minutes', { sinceMs: NOW_MS - 300_000 }],
    ['Up Less than a second', { sinceMs: NOW_MS }],
    ['Up About an hour (healthy)', { health: 'healthy', sinceMs: NOW_MS - 3_600_000 }],
    ['Up 2 seconds (health: starting)', { health: 'starting', sinceMs: NOW_MS - 2000 }],
    ['Up About a minute (unhealthy)', { health: 'unhealthy', sinceMs: NOW_MS - 60_000 }],
    ['Up 3 days (Paused)', { sinceMs: NOW_MS - 3 * 86_400_000 }],
    ['Exited (137) 2 weeks ago', { exitCode: 137, sinceMs: NOW_MS - 14 * 86_400_000 }],
    ['Exited (0) 1 second ago', { exitCode: 0, sinceMs: NOW_MS - 1000 }],
    ['Restarting (1) 4 seconds ago', { exitCode: 1, sinceMs: NOW_MS - 4000 }],
    ['Created', {}],
    ['Dead', {}],
    ['', {}]
  ])('reads %j', (status, expected) => {
    expect(parseStatus(status, NOW_MS)).toEqual(expected)
  })
})
