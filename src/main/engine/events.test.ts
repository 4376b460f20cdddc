import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { parseEvent, readEvents, type EngineEvent } from './events'

const START =
  '{"Type":"container","Action":"start","Actor":{"ID":"abc","Attributes":{"name":"wéb"}},"time":5,"timeNano":5000000123}'

describe('parseEvent', () => {
  it('reads an event with its time in ms', () => {
    expect(parseEvent(START)).toEqual({
      type: 'container',
      action: 'start',
      actorId: 'abc',
      attributes: { name: 'wéb' },
      timeMs: 5000.000123
    })
  })

  it.each(['', 'no json', 'null', '[]', '{"Type":1,"Action":"x"}', '{"status":"pull"}'])(
    'skips what is no event: %j',
    (line) => {
      expect(parseEvent(line)).toBeUndefined()
    }
  )

  it('takes an event without an actor', () => {
    expect(parseEvent('{"Type":"image","Action":"prune","time":7}')).toMatchObject({
      actorId: '',
      attributes: {},
      timeMs: 7000
    })
  })
})

describe('readEvents', () => {
  it('reads events cut anywhere, also within a character, and tells the end once', async () => {
    const stream = new PassThrough()
    const events: EngineEvent[] = []
    const ended = new Promise<void>((resolve) =>
      readEvents(stream, (event) => events.push(event), resolve)
    )
    for (const byte of Buffer.from(`${START}\nnonsense\n${START}\n`))
      stream.write(Buffer.from([byte]))
    stream.end()
    stream.resume()
    stream.once('end', () => stream.destroy())
    await ended
    expect(events.map(({ attributes }) => attributes['name'])).toEqual(['wéb', 'wéb'])
  })

  it('takes an error of the stream as its end', async () => {
    const stream = new PassThrough()
    const ended = new Promise<void>((resolve) => readEvents(stream, () => undefined, resolve))
    stream.destroy(new Error('ECONNRESET'))
    await expect(ended).resolves.toBeUndefined()
  })
})
