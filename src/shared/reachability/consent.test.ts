import { expect, it } from 'vitest'
import { consentOf, withConsent } from './consent'

const local = { kind: 'unix', socketPath: '/var/run/docker.sock' } as const
const remote = { kind: 'tcp', host: 'box', port: 2375 } as const

it('keeps an answer for one engine, and forgets it', () => {
  const asked = withConsent({ probeConsent: {} }, local, 'allowed')
  expect(consentOf(asked, local)).toBe('allowed')
  expect(consentOf(asked, remote)).toBe('unasked')
  const both = withConsent(asked, remote, 'refused')
  expect(consentOf(both, remote)).toBe('refused')
  expect(withConsent(both, local, 'unasked')).toEqual({
    probeConsent: { 'tcp://box:2375': 'refused' }
  })
})

it('asks anew where an address is called like a part of every object', () => {
  const odd = { kind: 'unsupported', text: 'constructor' } as const
  expect(consentOf({ probeConsent: {} }, odd)).toBe('unasked')
})
