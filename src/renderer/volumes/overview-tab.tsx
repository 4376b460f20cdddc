import { Ruler } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isAnonymous } from '../../shared/volumes/model'
import { showContainer } from '../app/container-page-store'
import type { VolumeTabProps } from '../app/volume-tabs'
import { Age } from '../ui/age'
import { CopyButton } from '../ui/copy-button'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { Facts } from '../ui/inspector'
import { LastUse } from './last-use'
import { measureSizes, useSizes } from './sizes-store'
import { useLastUses } from './use-last-uses'
import { useVolumeUsers, type VolumeUser } from './volume-users'
import '../ui/overview.css'
import './volumes.css'

const NOBODY: readonly VolumeUser[] = []

/** What a volume is, how large, and who has it where. */
export function OverviewTab({ volume }: VolumeTabProps) {
  const { t } = useTranslation('volumes')
  const { endpointId, id: name } = volume
  const users = useVolumeUsers().get(name) ?? NOBODY
  const lastUse = useLastUses(endpointId, `${name} ${users.length}`)[name]
  return (
    <div className="overview">
      <section aria-label={t('overview.what')}>
        <h3>{t('overview.what')}</h3>
        <Facts
          facts={[
            [
              t('columns.name'),
              <span key="name" className="overview-copy volume-whole-name">
                <code>{name}</code>
                <CopyButton text={name} label={t('copyName')} />
              </span>
            ],
            [t('overview.kind'), isAnonymous(volume) && t('anonymousHint')],
            [t('columns.driver'), volume.driver],
            [t('columns.size'), <Size key="size" endpointId={endpointId} name={name} />],
            [
              t('columns.created'),
              volume.createdAtMs !== undefined && <Age key="age" sinceMs={volume.createdAtMs} />
            ],
            [t('overview.mountpoint'), <code key="mountpoint">{volume.mountpoint}</code>]
          ]}
        />
      </section>
      <section aria-label={t('columns.usedBy')}>
        <h3>{t('columns.usedBy')}</h3>
        <div className="volume-users">
          {users.map(({ container, destination, readOnly }) => (
            <div key={`${container.id} ${destination}`} className="overview-item">
              <button
                type="button"
                className="link-button"
                onClick={() => showContainer(container)}
              >
                {container.name}
              </button>{' '}
              <span className="muted">{t(`states.${container.state}`)}</span>
              <div className="volume-mount">
                <code>{destination}</code>
                <span className="overview-tag">{t(readOnly ? 'readOnly' : 'readWrite')}</span>
              </div>
            </div>
          ))}
          {users.length === 0 && (
            <p className="volume-nobody">
              {t('unused')} <LastUse use={lastUse} />
            </p>
          )}
        </div>
      </section>
      <Pairs title={t('overview.options')} pairs={volume.options} />
      <Pairs title={t('overview.labels')} pairs={volume.labels} />
    </div>
  )
}

function Size(props: { readonly endpointId: string; readonly name: string }) {
  const { t } = useTranslation('volumes')
  const { sizes, error, isMeasuring } = useSizes(props.endpointId)
  const bytes = sizes?.bytes[props.name]
  return (
    <span className="overview-copy">
      {bytes === undefined ? t(isMeasuring ? 'measuring' : 'sizeUnknown') : formatBytes(bytes)}
      {sizes && !isMeasuring && (
        <span className="muted">
          {t('measured')} <Age sinceMs={sizes.measuredAtMs} />
        </span>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t('measure')}
        title={t('measure')}
        disabled={isMeasuring}
        onClick={() => measureSizes(props.endpointId)}
      >
        <Ruler size={14} aria-hidden />
      </button>
      {error && <ErrorBox error={error} />}
    </span>
  )
}

function Pairs(props: {
  readonly title: string
  readonly pairs: Readonly<Record<string, string>>
}) {
  const entries = Object.entries(props.pairs).toSorted(([a], [b]) => a.localeCompare(b))
  if (entries.length === 0) return null
  return (
    <section aria-label={props.title}>
      <h3>{props.title}</h3>
      <ul className="overview-list mono">
        {entries.map(([key, value]) => (
          <li key={key}>
            <span className="muted">{key}=</span>
            <span className="overview-value">{value}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
