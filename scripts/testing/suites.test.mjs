import { describe, expect, it } from 'vitest'
import { choiceOf } from './suites.mjs'

describe('choiceOf', () => {
  it('is everything, in order, when nothing is named', () => {
    expect(choiceOf([])).toEqual({
      names: ['checks', 'unit', 'integration', 'conformance', 'e2e'],
      extra: []
    })
  })

  it('keeps the order, and passes on what follows the dashes', () => {
    expect(choiceOf(['e2e', 'unit', '--', '-t', 'name'])).toEqual({
      names: ['unit', 'e2e'],
      extra: ['-t', 'name']
    })
    expect(choiceOf(['--', 'unit']).extra).toEqual(['unit'])
  })

  it('knows no other suite', () => {
    expect(() => choiceOf(['unti'])).toThrow(/no test suite unti/)
  })
})
