import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { stream } from '../../shared/bridge/contract'
import { PortStream } from './server-stream'

/** Electron's port is not there in plain Node: this one keeps what is posted, and lets the test play the window. */
class TestPort extends EventEmitter {
  readonly posted: unknown[] = []
  isClosed = false
  start(): void {}
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  close(): void {
    this.isClosed = true
  }
  say(data: unknown): void {
    this.emit('message', { data })
  }
}

const BYTES = stream({ input: z.strictObject({}), up: z.string(), cost: 'bytes' }).carries<
  Uint8Array,
  void
>()

function open() {
  const port = new TestPort()
  const server = new PortStream(port, 'test.bytes', BYTES)
  return { port, server }
}

describe('PortStream', () => {
  it('sends no more than it was granted, but for the message that overdraws', async () => {
    const { port, server } = open()
    port.say({ t: 'credit', n: 10 })
    await server.send(new Uint8Array(8))
    await server.send(new Uint8Array(8))
    let third = false
    const sending = server.send(new Uint8Array(1)).then(() => (third = true))
    await Promise.resolve()
    expect(port.posted).toHaveLength(2)
    expect(third).toBe(false)
    port.say({ t: 'credit', n: 100 })
    await sending
    expect(port.posted).toHaveLength(3)
  })

  it('takes no credit that is no positive number', async () => {
    const { port, server } = open()
    for (const n of [-5, 0, 'many', null, Number.NaN]) port.say({ t: 'credit', n })
    let sent = false
    void server.send(new Uint8Array(1)).then(
      () => (sent = true),
      () => undefined
    )
    await Promise.resolve()
    expect(sent).toBe(false)
    server.close()
  })

  it('rejects a waiting send, and aborts, when the window closes', async () => {
    const { port, server } = open()
    const sending = server.send(new Uint8Array(1))
    port.say({ t: 'close' })
    await expect(sending).rejects.toMatchObject({ code: 'cancelled' })
    expect(server.signal.aborted).toBe(true)
    expect(port.isClosed).toBe(true)
  })

  it('keeps what comes up before there is a listener', () => {
    const { port, server } = open()
    port.say({ t: 'data', d: 'a' })
    port.say({ t: 'data', d: 'b' })
    const seen: unknown[] = []
    server.onUp((message) => seen.push(message))
    port.say({ t: 'data', d: 'c' })
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  it('ends with an error when something comes up that breaks the schema', () => {
    const { port, server } = open()
    port.say({ t: 'data', d: { evil: true } })
    expect(port.posted).toMatchObject([{ t: 'error', error: { code: 'invalid-input' } }])
    expect(server.signal.aborted).toBe(true)
  })

  it('survives nonsense', () => {
    const { port, server } = open()
    for (const data of [null, undefined, 5, 'x', {}, { t: 'boo' }]) port.say(data)
    expect(server.signal.aborted).toBe(false)
    server.close()
  })
})
