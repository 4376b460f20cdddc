import { useTranslation } from 'react-i18next'
import { formatAddress } from '../../shared/engines/address'
import type { Endpoint } from '../../shared/engines/model'
import { StatusMark } from '../app/endpoint-switcher'
import { useEndpoint, useRows } from '../app/endpoint'
import { ErrorBox } from '../ui/error-box'
import { Age } from '../ui/age'
import { NoEngine } from './no-engine'
import './engines.css'

/** The engine that the window speaks to. */
export function EngineView() {
  const endpoint = useEndpoint()
  if (!endpoint) return null
  if (!endpoint.listed && endpoint.status !== 'connecting') return <NoEngine endpoint={endpoint} />
  return <EngineFacts endpoint={endpoint} />
}

function EngineFacts({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('engines')
  const { t: app } = useTranslation('app')
  const counts = [
    useRows('containers').length,
    useRows('images').length,
    useRows('networks').length,
    useRows('volumes').length
  ]
  const facts = [
    [t('facts.address'), <code key="address">{formatAddress(endpoint.address)}</code>],
    [t('facts.version'), endpoint.engineVersion],
    [t('facts.api'), endpoint.apiVersion],
    [t('facts.platform'), endpoint.os && `${endpoint.os}/${endpoint.arch ?? ''}`],
    [t('facts.since'), <Age key="since" sinceMs={endpoint.sinceMs} />],
    [
      t('facts.objects'),
      t('facts.counts', {
        containers: counts[0],
        images: counts[1],
        networks: counts[2],
        volumes: counts[3]
      })
    ],
    [t('facts.private'), endpoint.isPrivate && t('facts.isPrivate')]
  ] as const
  return (
    <section className="page-state" aria-label={t('title')}>
      <h1 className="engine-title">
        <StatusMark status={endpoint.status} /> {endpoint.name}: {app(`status.${endpoint.status}`)}
      </h1>
      {endpoint.error && <ErrorBox error={endpoint.error} />}
      <dl className="facts engine-facts">
        {facts.map(([term, value]) =>
          value ? (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ) : null
        )}
      </dl>
    </section>
  )
}
