import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toDetails, type ContainerDetails } from '../../shared/containers/details'
import type { Container } from '../../shared/containers/model'
import type { ContainerTabProps } from '../app/container-tabs'
import { showImage } from '../app/image-page-store'
import { showVolume } from '../app/volume-page-store'
import { CopyButton } from '../ui/copy-button'
import { Labels, Words } from '../ui/details'
import { EnvList } from '../ui/env-list'
import { ErrorBox } from '../ui/error-box'
import { formatBytes, formatTime } from '../ui/format'
import { Facts } from '../ui/inspector'
import { AgainLine } from './again-line'
import { ContainerStateText } from './container-state'
import { EndReason, hasEnded } from './end-reason'
import { HealthSection } from './health-section'
import { LayerSize } from './layer-size'
import { PortLinks } from './port-links'
import { useInspection } from './use-inspection'
import './overview.css'

/** All that matters of a container: how it is, why it ended, what it is made of. */
export function OverviewTab({ container }: ContainerTabProps) {
  const { t } = useTranslation('containers')
  const { json, error, readAgain } = useInspection(container)
  const details = useMemo(() => (json === undefined ? undefined : toDetails(json)), [json])
  return (
    <div className="overview">
      {error && error.code !== 'not-found' && <ErrorBox error={error} />}
      <section aria-label={t('overview.life')}>
        <h3>{t('overview.life')}</h3>
        <Life container={container} details={details} />
        {details?.health && <HealthSection health={details.health} onReadAgain={readAgain} />}
      </section>
      <section aria-label={t('overview.reach')}>
        <h3>{t('overview.reach')}</h3>
        <Reach container={container} details={details} />
      </section>
      <section aria-label={t('overview.made')}>
        <h3>{t('overview.made')}</h3>
        <Made container={container} details={details} />
      </section>
      {details && details.env.length > 0 && <EnvList env={details.env} />}
      <Labels title={t('facts.labels')} labels={container.labels} />
      <AgainLine container={container} />
    </div>
  )
}

interface PartProps {
  readonly container: Container
  readonly details: ContainerDetails | undefined
}

function Life({ container, details }: PartProps) {
  const { t, i18n } = useTranslation('containers')
  const time = (ms: number | undefined): string =>
    ms === undefined ? '' : formatTime(ms, i18n.language)
  return (
    <Facts
      facts={[
        [t('columns.state'), <ContainerStateText key="state" container={container} />],
        [
          t('overview.why'),
          details && hasEnded(container, details) && (
            <EndReason key="why" container={container} details={details} />
          )
        ],
        [t('overview.started'), time(details?.startedAtMs)],
        [t('overview.finished'), time(details?.finishedAtMs)],
        [
          t('overview.restarts'),
          details &&
            `${details.restartPolicy}${details.restartCount > 0 ? ` · ${t('overview.restarted', { count: details.restartCount })}` : ''}${details.isAutoRemoved ? ` · ${t('overview.autoRemoved')}` : ''}`
        ],
        [t('columns.created'), time(details?.createdAtMs ?? container.createdAtMs)]
      ]}
    />
  )
}

function Reach({ container, details }: PartProps) {
  const { t } = useTranslation('containers')
  const networks = details?.networks ?? []
  return (
    <Facts
      facts={[
        [
          t('columns.ports'),
          container.ports.length > 0 && <PortLinks key="ports" container={container} />
        ],
        [
          t('columns.networks'),
          networks.length > 0
            ? networks.map(({ name, ipAddress, ipv6Address, macAddress, aliases }) => (
                <div key={name} className="overview-item">
                  <strong>{name}</strong>{' '}
                  <code>{[ipAddress, ipv6Address].filter(Boolean).join(' ')}</code>
                  {macAddress && <code className="muted"> {macAddress}</code>}
                  {aliases.length > 0 && (
                    <div className="muted">
                      {t('overview.aliases')} <code>{aliases.join(', ')}</code>
                    </div>
                  )}
                </div>
              ))
            : container.networkMode
        ],
        [
          t('overview.hostname'),
          details?.hostname && <code key="hostname">{details.hostname}</code>
        ],
        [
          t('facts.mounts'),
          (details?.mounts.length ?? 0) > 0 &&
            details?.mounts.map((mount) => (
              <div key={mount.destination} className="overview-item">
                <span className="overview-tag">{mount.kind}</span> <code>{mount.destination}</code>
                {mount.readOnly && <span className="overview-tag">{t('overview.readOnly')}</span>}
                {mount.source && (
                  <div className="muted">
                    {mount.kind === 'volume' ? (
                      <button
                        type="button"
                        className="link-button mono"
                        title={mount.source}
                        onClick={() => showVolume({ ...container, id: mount.source })}
                      >
                        {mount.source}
                      </button>
                    ) : (
                      <code title={mount.source}>{mount.source}</code>
                    )}
                  </div>
                )}
              </div>
            ))
        ]
      ]}
    />
  )
}

function Made({ container, details }: PartProps) {
  const { t } = useTranslation('containers')
  return (
    <Facts
      facts={[
        [
          t('columns.image'),
          <button
            key="image"
            type="button"
            className="link-button mono"
            onClick={() => showImage({ endpointId: container.endpointId, id: container.imageId })}
          >
            {container.image}
          </button>
        ],
        [
          t('facts.id'),
          <span key="id" className="overview-copy">
            <code title={container.id}>{container.id.slice(0, 12)}</code>
            <CopyButton text={container.id} label={t('overview.copyId')} />
          </span>
        ],
        [
          t('overview.entrypoint'),
          details && details.entrypoint.length > 0 && (
            <Words key="entrypoint" argv={details.entrypoint} />
          )
        ],
        [
          t('facts.command'),
          details
            ? details.command.length > 0 && <Words key="command" argv={details.command} />
            : container.command && <code key="command">{container.command}</code>
        ],
        [
          t('overview.workingDir'),
          details?.workingDir && <code key="dir">{details.workingDir}</code>
        ],
        [t('overview.user'), details?.user && <code key="user">{details.user}</code>],
        [
          t('overview.memoryLimit'),
          details?.memoryLimitBytes !== undefined && formatBytes(details.memoryLimitBytes)
        ],
        [t('overview.logDriver'), details?.logDriver],
        [t('overview.platform'), details?.platform],
        [t('overview.pid'), details?.pid],
        [t('overview.layer'), <LayerSize key="layer" container={container} />]
      ]}
    />
  )
}
