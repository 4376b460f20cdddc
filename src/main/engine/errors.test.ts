import { describe, expect, it } from 'vitest'
import { PortolanError } from '../../shared/bridge/errors'
import { mapEngineError } from './errors'

const DOING = { operation: 'containers.start', subject: { kind: 'container', id: 'abc' } } as const

describe('mapEngineError', () => {
  it.each([
    [
      { statusCode: 404, reason: 'no such container', json: { message: 'No such image: x' } },
      'not-found'
    ],
    [{ statusCode: 409, json: { message: 'in use' } }, 'conflict'],
    [{ statusCode: 400, json: { message: 'bad' } }, 'invalid-input'],
    [
      {
        statusCode: 500,
        json: null,
        message: '(HTTP code 500) server error - no basic auth credentials '
      },
      'unauthorized'
    ],
    [{ statusCode: 500, json: { message: 'boom' } }, 'engine-failure'],
    [{ statusCode: 501, json: { message: 'no logs' } }, 'unsupported'],
    [{ code: 'ENOENT', message: 'connect ENOENT /var/run/docker.sock' }, 'engine-unreachable'],
    [{ code: 'ECONNREFUSED', message: 'x' }, 'engine-unreachable'],
    [{ code: 'EACCES', message: 'x' }, 'permission-denied'],
    [{ code: 'ABORT_ERR', message: 'The operation was aborted' }, 'cancelled'],
    [{ message: 'socket hang up' }, 'engine-unreachable'],
    [new TypeError('x is not a function'), 'internal'],
    ['a string', 'internal']
  ])('maps %j', (thrown, code) => {
    const error = mapEngineError(thrown, DOING)
    expect(error.data).toMatchObject({
      code,
      operation: 'containers.start',
      subject: { id: 'abc' }
    })
  })

  it('keeps the engine’s own words, without dockerode’s frame', () => {
    const { data } = mapEngineError(
      { statusCode: 500, json: null, message: '(HTTP code 500) server error - disk is full ' },
      DOING
    )
    expect(data.engineMessage).toBe('disk is full')
  })

  it('passes our own errors through', () => {
    const own = new PortolanError({ code: 'timeout', message: 'late' })
    expect(mapEngineError(own, DOING)).toBe(own)
  })
})
