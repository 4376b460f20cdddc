import { describe, expect, it } from 'vitest'
import { contracts, namesOf } from './contracts'

describe('the contracts', () => {
  it('name each thing once, as feature.verb', () => {
    const names = [...namesOf('call'), ...namesOf('stream')]
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
  })

  it('refuse what no schema knows', () => {
    for (const contract of Object.values(contracts)) {
      for (const definition of Object.values(contract)) {
        expect(definition.input.safeParse(undefined).success).toBe(false)
        expect(definition.input.safeParse('x').success).toBe(false)
      }
    }
  })

  it('name the endpoint in all that touches an engine', () => {
    for (const feature of ['containers', 'images', 'networks'] as const) {
      for (const definition of Object.values(contracts[feature])) {
        expect(Object.keys(definition.input.shape)).toContain('endpointId')
      }
    }
  })
})
