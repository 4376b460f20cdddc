import { describe, expect, it } from 'vitest'
import { stripAnsi } from '../../ui/ansi'
import { LogLines } from './log-lines'

function texts(lines: LogLines): string[] {
  return lines.all.map(({ text }) => stripAnsi(text))
}

describe('LogLines', () => {
  it('joins pieces to lines, step by step', () => {
    const lines = new LogLines()
    lines.add('on', 'stdout', 'a')
    lines.add('other\n', 'stdout', 'b')
    lines.add('e\ntwo\nthr', 'stdout', 'a')
    lines.add('ee', 'stdout', 'a')
    expect(texts(lines)).toEqual(['one', 'other', 'two', 'three'])
    expect(lines.ofStep('a').map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(lines.ofStep('b').map(({ text }) => text)).toEqual(['other'])
  })

  it('keeps what the streams of a step write apart', () => {
    const lines = new LogLines()
    lines.add('out', 'stdout', 'a')
    lines.add('err\n', 'stderr', 'a')
    lines.add('put\n', 'stdout', 'a')
    expect(texts(lines)).toEqual(['output', 'err'])
  })

  it('a return writes the line anew, CRLF ends it', () => {
    const lines = new LogLines()
    lines.add('10 %\r', 'stdout')
    lines.add('50 %\r100', 'stdout')
    lines.add(' %\r\nnext\r', 'stdout')
    lines.add('\n', 'stdout')
    expect(texts(lines)).toEqual(['100 %', 'next'])
  })

  it('empty lines are lines', () => {
    const lines = new LogLines()
    lines.add('\n\na\n', 'stdout')
    expect(texts(lines)).toEqual(['', '', 'a'])
  })

  it('a colour goes on in the next line', () => {
    const lines = new LogLines()
    lines.add('\u001B[31mred\n', 'stdout', 'a')
    lines.add('other\n', 'stdout', 'b')
    lines.add('still red\n', 'stdout', 'a')
    expect(lines.all.map(({ style }) => style.foreground)).toEqual([undefined, undefined, 1])
  })

  it('cuts a long line and counts what it cut', () => {
    const lines = new LogLines()
    lines.add('x'.repeat(5000), 'stdout')
    lines.add('y'.repeat(500), 'stdout')
    expect(lines.all).toHaveLength(1)
    expect(lines.all[0]?.text).toHaveLength(4000)
    expect(lines.all[0]?.cutCount).toBe(1500)
  })

  it('drops the oldest lines of a flood, of their steps too', () => {
    const lines = new LogLines(100)
    for (let number = 0; number < 250; number++) {
      lines.add(`${number}\n`, 'stdout', number % 2 === 0 ? 'even' : 'odd')
    }
    expect(lines.all.length).toBeLessThanOrEqual(100)
    expect(lines.droppedCount + lines.all.length).toBe(250)
    expect(lines.all.at(-1)?.text).toBe('249')
    expect(lines.ofStep('even')).toEqual(lines.all.filter(({ stepId }) => stepId === 'even'))
    expect(lines.ofStep('odd')).toEqual(lines.all.filter(({ stepId }) => stepId === 'odd'))
  })

  it('one piece with more lines than are kept', () => {
    const lines = new LogLines(100)
    lines.add('a\n'.repeat(1000), 'stdout')
    expect(lines.all.length).toBeLessThanOrEqual(100)
    expect(lines.droppedCount + lines.all.length).toBe(1000)
  })
})
