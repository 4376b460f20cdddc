import { describe, expect, it } from 'vitest'
import { commitOptions, EMPTY_FORM, faultsOf, isReferenceBad, nameOf } from './commit-form'

function named(reference: string) {
  return { ...EMPTY_FORM, reference }
}

describe('the commit form', () => {
  it.each([
    ['', undefined, false],
    ['shop/web', 'shop/web:latest', false],
    [' docker.io/library/web:2 ', 'web:2', false],
    ['localhost:5000/web:2', 'localhost:5000/web:2', false],
    ['Web:2', undefined, true],
    ['web:', undefined, true],
    [`web@sha256:${'a'.repeat(64)}`, undefined, true]
  ])('reads the name %j as %j', (reference, name, bad) => {
    expect(nameOf(named(reference))).toBe(name)
    expect(isReferenceBad(named(reference))).toBe(bad)
  })

  it('leaves out what was not filled in', () => {
    expect(commitOptions(named('  '))).toEqual({ pause: true, changes: [] })
    expect(
      commitOptions({
        reference: 'a:b ',
        message: ' why ',
        author: '',
        pause: false,
        changes: [{ id: '1', instruction: 'USER', value: ' sailor ' }]
      })
    ).toEqual({
      reference: 'a:b',
      message: 'why',
      pause: false,
      changes: [{ instruction: 'USER', value: 'sailor' }]
    })
  })

  it('names the setting that is wrong', () => {
    const changes = [
      { id: '1', instruction: 'CMD', value: '[not json]' },
      { id: '2', instruction: 'USER', value: 'sailor' }
    ] as const
    expect([...faultsOf({ ...EMPTY_FORM, changes })]).toEqual([['1', 'json']])
  })
})
