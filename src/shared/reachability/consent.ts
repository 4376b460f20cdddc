import { formatAddress } from '../engines/address'
import type { EndpointAddress } from '../engines/model'

/** May Portolan run its privileged helper at an engine? `unasked` until the person has said. */
export type Consent = 'allowed' | 'refused' | 'unasked'

/** The part of the settings that keeps the answers, by the engine's address: ids of endpoints change from start to start. */
export interface ConsentSettings {
  readonly probeConsent: Readonly<Record<string, 'allowed' | 'refused'>>
}

/** What the person has said of the helper at an engine. */
export function consentOf(settings: ConsentSettings, address: EndpointAddress): Consent {
  const key = formatAddress(address)
  return Object.hasOwn(settings.probeConsent, key)
    ? (settings.probeConsent[key] ?? 'unasked')
    : 'unasked'
}

/** The change of the settings that keeps an answer; `unasked` forgets it. */
export function withConsent(
  settings: ConsentSettings,
  address: EndpointAddress,
  answer: Consent
): ConsentSettings {
  const { [formatAddress(address)]: _before, ...others } = settings.probeConsent
  return {
    probeConsent: answer === 'unasked' ? others : { ...others, [formatAddress(address)]: answer }
  }
}
