import { describe, expect, it } from 'vitest'
import { parseProbeOutput } from './probe-output'

describe('parseProbeOutput', () => {
  it('reads answers by their task, in any order', () => {
    const { answers, complete } = parseProbeOutput(
      '{"task":1,"outcome":"resolved","from":"dns","addresses":["172.18.0.2"]}\n' +
        '{"task":0,"outcome":"answered","rttUs":57}\n' +
        '{"done":true,"tasks":2,"elapsedUs":60}\n'
    )
    expect(complete).toBe(true)
    expect(answers.get(0)).toEqual({ task: 0, outcome: 'answered', rttUs: 57 })
    expect(answers.get(1)?.addresses).toEqual(['172.18.0.2'])
  })

  it('tells a run that was cut off', () => {
    const { answers, complete } = parseProbeOutput(
      '{"task":0,"outcome":"timeout"}\n{"task":1,"outco'
    )
    expect(complete).toBe(false)
    expect([...answers.keys()]).toEqual([0])
  })

  it.each([
    'OCI runtime create failed: no such file',
    '{"task":-1,"outcome":"answered"}',
    '{"task":0,"outcome":"invented"}',
    '{"task":"0","outcome":"answered"}',
    'null',
    ''
  ])('takes %j for no answer', (line) => {
    expect(parseProbeOutput(line)).toMatchObject({
      answers: new Map(),
      ends: new Map(),
      complete: false
    })
  })
})
