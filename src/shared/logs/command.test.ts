import { describe, expect, it } from 'vitest'
import { logsCommand, logsLine } from './command'

const web = { container: 'web', follow: true, timestamps: true, tail: 1000 }

describe('the command line of a log', () => {
  it('is what the docker CLI takes', () => {
    expect(logsCommand(web).join(' ')).toBe('docker logs --follow --timestamps --tail 1000 web')
  })

  it('says all lines by saying no number, and times in UTC', () => {
    const sinceMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    expect(
      logsCommand({ container: 'web', follow: false, timestamps: false, sinceMs, untilMs: sinceMs })
    ).toEqual([
      'docker',
      'logs',
      '--since',
      '2026-01-02T03:04:05.678Z',
      '--until',
      '2026-01-02T03:04:05.678Z',
      'web'
    ])
  })

  it('reads several containers at once', () => {
    expect(logsLine([web, { ...web, container: 'db' }])).toBe(
      'docker logs --follow --timestamps --tail 1000 web & docker logs --follow --timestamps --tail 1000 db & wait'
    )
    expect(logsLine([web])).toBe('docker logs --follow --timestamps --tail 1000 web')
  })
})
