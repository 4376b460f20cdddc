import { EventEmitter } from 'node:events'
import type { WebContents, WebFrameMain } from 'electron'
import { describe, expect, it } from 'vitest'
import { TrustedSenders } from './sender'

function contents(): WebContents {
  return new EventEmitter() as unknown as WebContents
}

function frame(origin: string, parent: WebFrameMain | null = null): WebFrameMain {
  return { origin, parent } as WebFrameMain
}

describe('TrustedSenders', () => {
  const ours = contents()
  const senders = new TrustedSenders('app://main')
  senders.add(ours)

  it('trusts the main frame of our window on our page', () => {
    expect(() => senders.check({ sender: ours, senderFrame: frame('app://main') })).not.toThrow()
  })

  it.each([
    ['a foreign window', contents(), frame('app://main')],
    ['another origin', ours, frame('https://example.org')],
    ['an inner frame', ours, frame('app://main', frame('app://main'))],
    ['a frame that is gone', ours, null]
  ])('rejects %s', (_what, sender, senderFrame) => {
    expect(() => senders.check({ sender, senderFrame })).toThrow('may not speak')
  })

  it('forgets a window that is destroyed', () => {
    const other = contents()
    senders.add(other)
    ;(other as unknown as EventEmitter).emit('destroyed')
    expect(() => senders.check({ sender: other, senderFrame: frame('app://main') })).toThrow()
  })
})
