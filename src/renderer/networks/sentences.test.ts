import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import type { Reason } from '../../shared/reachability/reasons'
import { en } from '../i18n/en'
import { ru } from '../i18n/ru'
import { formatMs, reasonKey, reasonText, type Words } from './sentences'

/** One of every code, and of every form that a code has. */
const REASONS: readonly Reason[] = [
  { code: 'source-not-running', state: 'exited' },
  { code: 'target-not-running', state: 'removed' },
  { code: 'source-paused' },
  { code: 'target-paused' },
  { code: 'changed-during-sweep', side: 'source' },
  { code: 'changed-during-sweep', side: 'target' },
  { code: 'network-none', side: 'source' },
  { code: 'network-none', side: 'target' },
  { code: 'no-network', side: 'source' },
  { code: 'no-network', side: 'target' },
  { code: 'host-network', side: 'source' },
  { code: 'host-network', side: 'target' },
  { code: 'shared-namespace' },
  { code: 'shared-namespace', ownerId: 'abc' },
  { code: 'no-common-network', sourceNetworks: ['bridge', 'front'], targetNetworks: ['net'] },
  { code: 'internal', side: 'source', networkName: 'vault' },
  { code: 'internal', side: 'target', networkName: 'vault' },
  { code: 'icc-disabled', networkName: 'cells' },
  { code: 'no-answer', networkNames: ['net', 'other'] },
  { code: 'icmp-dropped', port: 80 },
  { code: 'alias-elsewhere', name: 'store', networkName: 'net' },
  { code: 'no-ipv6', networkName: 'net' },
  { code: 'default-bridge-has-no-names' },
  { code: 'name-not-found', names: ['db', 'database'] },
  { code: 'reached-without-common-network' },
  { code: 'not-measurable', obstacle: 'target-on-host' },
  { code: 'not-measurable', obstacle: 'no-address' },
  { code: 'not-measurable', obstacle: 'icmp-denied' },
  { code: 'not-measurable', obstacle: 'engine-architecture' },
  { code: 'not-measurable', obstacle: 'probe-refused' },
  { code: 'not-measurable', obstacle: 'probe-failed' },
  { code: 'not-measurable', obstacle: 'probe-timeout' }
]

async function wordsOf(language: 'en' | 'ru'): Promise<Words> {
  const instance = createInstance()
  await instance.init({
    lng: language,
    resources: { en, ru },
    defaultNS: 'networks',
    interpolation: { escapeValue: false },
    returnNull: false
  })
  return instance.getFixedT(language, 'networks')
}

describe.each(['en', 'ru'] as const)('reasonText in %s', (language) => {
  it.each(REASONS)('has a sentence and a short form for %j', async (reason) => {
    const t = await wordsOf(language)
    const speaker = { source: 'web', target: 'db', ownerName: 'app', language }
    for (const length of ['long', 'short'] as const) {
      const text = reasonText(t, reason, speaker, length)
      expect(text).not.toMatch(/easons\.|\{\{|  |undefined/)
      expect(text.length).toBeGreaterThan(5)
    }
  })
})

describe('reasonText', () => {
  it('has no sentence that no reason uses', () => {
    const used = new Set(REASONS.map(reasonKey))
    expect(new Set(Object.keys(en.networks.reasons))).toEqual(used)
    for (const words of [ru.networks.reasons, en.networks.shortReasons, ru.networks.shortReasons])
      expect(new Set(Object.keys(words))).toEqual(used)
  })

  it('names the networks on both sides', async () => {
    const t = await wordsOf('en')
    const reason: Reason = {
      code: 'no-common-network',
      sourceNetworks: ['bridge', 'front'],
      targetNetworks: ['my-bridge-network']
    }
    expect(reasonText(t, reason, { source: 'web', target: 'db', language: 'en' })).toBe(
      'They have no common network: web is on bridge and front, db on my-bridge-network. Docker keeps its networks apart.'
    )
  })
})

describe('formatMs', () => {
  it('writes two figures in the language of the reader', async () => {
    const [english, russian] = [await wordsOf('en'), await wordsOf('ru')]
    expect([0.0834, 0.5, 12.34, 1234].map((ms) => formatMs(english, ms, 'en'))).toEqual([
      '0.083 ms',
      '0.5 ms',
      '12 ms',
      '1200 ms'
    ])
    expect(formatMs(russian, 0.0834, 'ru')).toBe('0,083 мс')
  })
})
