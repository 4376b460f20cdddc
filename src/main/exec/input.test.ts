import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configuredDetachKeys, DetachKeys } from './detach-keys'
import { toldFolder } from './folder'
import { LineInput } from './line-input'

describe('LineInput', () => {
  const push = (...keys: string[]) => {
    const input = new LineInput()
    return keys.map((each) => input.push(Buffer.from(each)))
  }

  it('sends whole lines and shows what is typed', () => {
    expect(push('hel', 'lo\r')).toEqual([
      { echo: 'hel', send: '', isOver: false, interrupts: false },
      { echo: 'lo\r\n', send: 'hello\n', isOver: false, interrupts: false }
    ])
  })

  it.each([
    ['Backspace', 'ab\u007fc\r', 'ac\n'],
    ['Backspace on nothing', '\u007f\u007fa\r', 'a\n'],
    ['Ctrl+U', 'abc\u0015d\r', 'd\n'],
    ['Ctrl+W', 'one two \u0017three\r', 'one three\n'],
    ['arrows and marks of a paste', '\u001b[Aa\u001b[200~b\u001b[201~\u001bOB\r', 'ab\n'],
    ['wide characters', '漢字\u007f\r', '漢\n'],
    ['a lone escape', '\u001b', '']
  ])('takes back: %s', (_what, keys, sent) => {
    expect(
      push(keys)
        .map(({ send }) => send)
        .join('')
    ).toBe(sent)
  })

  it('ends the input by Ctrl+D on an empty line, and sends an unfinished line by it', () => {
    expect(push('\u0004')[0]?.isOver).toBe(true)
    expect(push('ab\u0004')[0]).toMatchObject({ send: 'ab', isOver: false })
  })

  it('forgets the line at Ctrl+C', () => {
    expect(push('ab\u0003', 'c\r')).toMatchObject([{ interrupts: true, send: '' }, { send: 'c\n' }])
  })
})

describe('DetachKeys', () => {
  it.each([
    ['ab', 'ab', false],
    ['a\u0010', 'a', false],
    ['a\u0010b', 'a\u0010b', false],
    ['\u0010\u0010\u0011', '\u0010', true],
    ['a\u0010\u0011b', 'a', true],
    ['\u0011', '\u0011', false]
  ])('takes %j', (typed, sent, detaches) => {
    for (const cut of [0, 1, 2]) {
      const keys = new DetachKeys()
      const parts = [typed.slice(0, cut), typed.slice(cut)].map((part) =>
        keys.push(Buffer.from(part))
      )
      expect(Buffer.concat(parts.map(({ send }) => send)).toString()).toBe(sent)
      expect(parts.some((part) => part.detaches)).toBe(detaches)
    }
  })
})

describe('DetachKeys of one’s own', () => {
  it.each([
    ['ctrl-x,d', '\u0018e', '\u0018e', false],
    ['ctrl-x,d', 'a\u0018d', 'a', true],
    ['ctrl-x,d', '\u0018\u0018d', '\u0018', true],
    ['ctrl-\\', 'a\u001c', 'a', true],
    ['a,b,c', 'ababc', 'ab', true],
    // The usual ones are none then.
    ['ctrl-x', '\u0010\u0011', '\u0010\u0011', false]
  ])('%s take %j', (keys, typed, sent, detaches) => {
    const part = new DetachKeys(keys).push(Buffer.from(typed))
    expect(Buffer.from(part.send).toString()).toBe(sent)
    expect(part.detaches).toBe(detaches)
  })

  it.each([
    ['{"detachKeys": "ctrl-x,d", "auths": {}}', 'ctrl-x,d'],
    ['{"auths": {}}', 'ctrl-p,ctrl-q'],
    ['{"detachKeys": "ctrl-ж"}', 'ctrl-p,ctrl-q'],
    ['no JSON', 'ctrl-p,ctrl-q']
  ])('are read from docker’s configuration: %s', async (text, keys) => {
    const folder = await mkdtemp(join(tmpdir(), 'docker-config-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'config.json'), text)
    expect(await configuredDetachKeys(folder)).toBe(keys)
    expect(await configuredDetachKeys(join(folder, 'none'))).toBe('ctrl-p,ctrl-q')
  })
})

describe('toldFolder', () => {
  it.each([
    ['\u001b]7;file://host/srv/a%20b\u0007$ ', '/srv/a b'],
    ['\u001b]7;file:///tmp\u001b\\', '/tmp'],
    ['\u001b]7;file:///a\u0007\u001b]7;file:///b\u0007', '/b'],
    ['\u001b]7;file:///cut', undefined],
    ['\u001b]7;file:///bad%zz\u0007', undefined],
    ['\u001b]7;file:///a%0ab\u0007', undefined],
    ['text', undefined]
  ])('reads %j', (text, folder) => expect(toldFolder(Buffer.from(text))).toBe(folder))
})
