import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toImageDetails, type ImageDetails } from '../../shared/images/details'
import { shortId, type Image } from '../../shared/images/model'
import { sourceOf } from '../../shared/images/source'
import { rowKey } from '../../shared/state'
import { ContainerLink } from '../app/container-link'
import { useRows } from '../app/endpoint'
import type { ImageTabProps } from '../app/image-tabs'
import { CopyButton } from '../ui/copy-button'
import { Labels, Words } from '../ui/details'
import { EnvList } from '../ui/env-list'
import { ErrorBox } from '../ui/error-box'
import { formatBytes, formatTime } from '../ui/format'
import { Facts, type FactEntry } from '../ui/inspector'
import { SourceBadge } from './source-badge'
import { useImageInspection } from './use-image-inspection'

/** All that matters of an image: its names, what a container of it does, and which containers there are. */
export function OverviewTab({ image }: ImageTabProps) {
  const { t } = useTranslation('images')
  const { json, error } = useImageInspection(image)
  const details = useMemo(() => (json === undefined ? undefined : toImageDetails(json)), [json])
  return (
    <div className="overview">
      {error && error.code !== 'not-found' && <ErrorBox error={error} />}
      <section aria-label={t('overview.names')}>
        <h3>{t('overview.names')}</h3>
        <Names image={image} details={details} />
      </section>
      <section aria-label={t('overview.runs')}>
        <h3>{t('overview.runs')}</h3>
        {details && <Runs details={details} />}
      </section>
      <Users image={image} />
      {details && details.env.length > 0 && <EnvList env={details.env} />}
      <Labels title={t('overview.labels')} labels={image.labels} />
    </div>
  )
}

function Names({
  image,
  details
}: {
  readonly image: Image
  readonly details: ImageDetails | undefined
}) {
  const { t, i18n } = useTranslation('images')
  return (
    <Facts
      facts={[
        [
          t('facts.tags'),
          image.tags.length === 0
            ? t('overview.dangling')
            : image.tags.map((tag) => (
                <div key={tag} className="overview-item image-tag">
                  <code>{tag}</code>
                  <SourceBadge source={sourceOf(tag, image.digests)} />
                </div>
              ))
        ],
        [
          t('columns.id'),
          <span key="id" className="overview-copy">
            <code title={image.id}>{shortId(image.id)}</code>
            <CopyButton text={image.id} label={t('overview.copyId')} />
          </span>
        ],
        [
          t('facts.digests'),
          image.digests.length === 0
            ? t('overview.noDigests')
            : image.digests.map((digest) => (
                <div key={digest} className="overview-item">
                  <code>{digest}</code>{' '}
                  <CopyButton text={digest} label={t('overview.copyDigest')} />
                </div>
              ))
        ],
        [t('overview.platform'), details?.platform],
        [t('columns.size'), formatBytes(image.sizeBytes)],
        [t('columns.created'), formatTime(image.createdAtMs, i18n.language)],
        [t('overview.author'), details?.author],
        [t('overview.comment'), details?.comment]
      ]}
    />
  )
}

function Runs({ details }: { readonly details: ImageDetails }) {
  const { t } = useTranslation('images')
  const { healthCheck } = details
  const words = (argv: readonly string[]) => (argv.length > 0 ? <Words argv={argv} /> : undefined)
  const codes = (all: readonly string[]) =>
    all.length > 0 &&
    all.map((each) => (
      <div key={each}>
        <code>{each}</code>
      </div>
    ))
  const nothing = <span className="muted">{t('overview.none')}</span>
  const facts: readonly FactEntry[] = [
    ['ENTRYPOINT', words(details.entrypoint) ?? nothing],
    ['CMD', words(details.command) ?? nothing],
    ['WORKDIR', <code key="dir">{details.workingDir || '/'}</code>],
    [
      'USER',
      details.user ? (
        <code key="user">{details.user}</code>
      ) : (
        <span key="user">
          <code>root</code> <span className="muted">{t('overview.rootHint')}</span>
        </span>
      )
    ],
    ['EXPOSE', codes(details.ports) || nothing],
    ['VOLUME', codes(details.volumes)],
    ['STOPSIGNAL', details.stopSignal && <code key="signal">{details.stopSignal}</code>],
    ['SHELL', words(details.shell)],
    [
      'HEALTHCHECK',
      healthCheck && (
        <>
          <Words argv={healthCheck.test} />
          {healthCheck.intervalMs !== undefined && (
            <div className="muted">
              {t('overview.every', { seconds: healthCheck.intervalMs / 1000 })}
            </div>
          )}
        </>
      )
    ],
    ['ONBUILD', codes(details.onBuild)]
  ]
  return <Facts facts={facts} />
}

function Users({ image }: { readonly image: Image }) {
  const { t } = useTranslation('images')
  const containers = useRows('containers')
  const users = useMemo(
    () =>
      containers
        .filter(({ imageId }) => imageId === image.id)
        .toSorted((a, b) => a.name.localeCompare(b.name)),
    [containers, image.id]
  )
  return (
    <section aria-label={t('overview.containers')}>
      <h3>{t('overview.containers')}</h3>
      <div className="image-users">
        {users.length === 0 ? (
          <p className="muted">{t('unused')}</p>
        ) : (
          users.map((container) => <ContainerLink key={rowKey(container)} container={container} />)
        )}
      </div>
    </section>
  )
}
