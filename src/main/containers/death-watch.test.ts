import { describe, expect, it } from 'vitest'
import { sayDeaths } from '../../shared/containers/deaths'
import { DeathWatch } from './death-watch'

class Script {
  readonly watch = new DeathWatch()
  nowMs = 1_000_000

  event(action: string, name: string, attributes: Record<string, string> = {}): this {
    this.watch.see(
      {
        type: 'container',
        action,
        actorId: `id-${name}`,
        attributes: { name, ...attributes },
        timeMs: this.nowMs
      },
      this.nowMs
    )
    return this
  }

  die(name: string, exitCode = 1): this {
    return this.event('die', name, { exitCode: String(exitCode) })
  }

  after(ms: number): string[] {
    this.nowMs += ms
    return this.watch.take(this.nowMs).map((notice) => sayDeaths(notice, 'en').title)
  }
}

describe('DeathWatch', () => {
  it('tells of a death that nobody asked for, once it has waited for others', () => {
    const script = new Script().die('web', 3)
    expect(script.watch.dueMs()).toBe(script.nowMs + 2000)
    expect(script.after(1000)).toEqual([])
    expect(script.after(1000)).toEqual(['web died'])
    expect(script.after(60_000)).toEqual([])
    expect(script.watch.dueMs()).toBeUndefined()
  })

  it.each([
    ['a success', (script: Script) => script.die('web', 0)],
    ['a stop', (script: Script) => script.event('kill', 'web', { signal: '15' }).die('web', 143)],
    [
      'a stop that took long',
      (script: Script) => {
        script.event('kill', 'web', { signal: '15' }).after(600_000)
        return script.event('kill', 'web', { signal: '9' }).die('web', 137).event('stop', 'web')
      }
    ],
    ['a signal that ended it', (s: Script) => s.event('kill', 'web', { signal: '1' }).die('web')],
    [
      'a helper of our own',
      (s: Script) => s.event('die', 'h', { exitCode: '1', 'io.portolan.helper': 'probe' })
    ],
    ['another client’s exec', (s: Script) => s.event('exec_die', 'web', { exitCode: '1' })]
  ])('says nothing of %s', (_what, play) => {
    const script = new Script()
    play(script)
    expect(script.after(2000)).toEqual([])
  })

  it('tells of a death long after a signal that asked for something else, and of one after a start', () => {
    const script = new Script().event('kill', 'web', { signal: '1' })
    script.after(20_000)
    script.die('web')
    expect(script.after(2000)).toEqual(['web died'])
    const other = new Script().event('kill', 'db', { signal: '15' }).event('start', 'db').die('db')
    expect(other.after(2000)).toEqual(['db died'])
  })

  it('counts one that restarts in a loop, ever more seldom', () => {
    const script = new Script().die('web')
    expect(script.after(2000)).toEqual(['web died'])
    for (let time = 0; time < 4; time++) script.event('start', 'web').die('web')
    expect(script.after(10_000)).toEqual([])
    expect(script.after(48_000)).toEqual([])
    expect(script.after(2000)).toEqual(['web died 5 times in a minute'])
    script.die('web').die('web')
    expect(script.after(110_000)).toEqual([])
    script.after(8000)
    expect(script.after(4000)).toEqual(['web died 2 times in 2 minutes'])
    script.after(4 * 60_000)
    expect(script.watch.dueMs()).toBeUndefined()
    script.die('web')
    expect(script.after(2000)).toEqual(['web died'])
  })

  it('tells of many at once by one notice', () => {
    const script = new Script()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) script.die(name)
    const [notice, ...others] = script.watch.take(script.nowMs + 2000)
    expect(others).toEqual([])
    expect(notice && sayDeaths(notice, 'en')).toEqual({
      title: '7 containers died',
      body: 'a, b, c, d, e … +2'
    })
    expect(notice && sayDeaths(notice, 'ru').title).toBe('Умерло 7 контейнеров')
  })

  it('tells of memory, with the death or without one', () => {
    const died = new Script().event('oom', 'web').die('web', 137)
    const [notice] = died.watch.take(died.nowMs + 2000)
    expect(notice && sayDeaths(notice, 'en').body).toBe('Out of memory (exit code 137).')
    const lives = new Script().event('oom', 'web')
    lives.after(2000)
    expect(lives.after(2000)).toEqual(['web is out of memory'])
  })
})

describe('sayDeaths', () => {
  it.each([
    [1, 'Умер 1 контейнер'],
    [2, 'Умерли 2 контейнера'],
    [5, 'Умерло 5 контейнеров'],
    [21, 'Умер 21 контейнер']
  ])('counts %i in Russian', (count, title) => {
    const death = { containerId: 'x', name: 'x', exitCode: 1, isOutOfMemory: false }
    const deaths = Array.from({ length: count }, () => death)
    expect(sayDeaths({ kind: 'many', deaths }, 'ru').title).toBe(title)
  })
})
