import { Eraser, RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCommand } from '../../shared/command/quote'
import { cleanupCommands } from '../../shared/cleanup/command'
import { totalsOf, type DiskUsage, type UseKind, type UseTotal } from '../../shared/cleanup/model'
import { useEndpoint } from '../app/endpoint'
import { Age } from '../ui/age'
import { CopyButton } from '../ui/copy-button'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { openPruneImages } from './prune-store'
import { readUsage, useUsage } from './usage-store'
import { UseTable } from './use-table'
import './disk.css'

/** What takes the engine's disk: by kind, and object by object, with what is shared. */
export function DiskView() {
  const { t } = useTranslation('cleanup')
  const { t: app } = useTranslation('app')
  const endpoint = useEndpoint()
  const { usage, isReading, error, readAtMs, endpointId } = useUsage()
  const id = endpoint?.status === 'connected' ? endpoint.id : undefined
  useEffect(() => {
    if (id !== undefined) void readUsage(id)
  }, [id])
  const [kind, setKind] = useState<UseKind>('images')
  const shown = endpoint && endpointId === endpoint.id ? usage : undefined
  const line = formatCommand(cleanupCommands.usage())
  return (
    <section className="disk" aria-label={t('title')} aria-busy={isReading}>
      <div className="view-head">
        <h1>{t('title')}</h1>
        <span className="muted" role="status">
          {isReading ? (
            t('reading')
          ) : readAtMs > 0 && shown ? (
            <>
              {t('readAgo')} <Age sinceMs={readAtMs} /> {t('ago')}
            </>
          ) : null}
        </span>
        <span className="spacer" />
        <button
          type="button"
          className="button"
          disabled={id === undefined || isReading}
          onClick={() => id !== undefined && void readUsage(id)}
        >
          <RefreshCw size={14} aria-hidden />
          {t('readAgain')}
        </button>
        <button
          type="button"
          className="button"
          disabled={id === undefined}
          onClick={() => openPruneImages()}
        >
          <Eraser size={14} aria-hidden />
          {t('prune.open')}
        </button>
      </div>
      {error && <ErrorBox error={error} />}
      {shown && <Totals usage={shown} kind={kind} onKind={setKind} />}
      {shown && <UseTable usage={shown} kind={kind} />}
      <div className="disk-command">
        <output className="mono selectable muted" aria-label={t('command')}>
          {line}
        </output>
        <CopyButton text={line} label={app('copyCommand')} />
      </div>
    </section>
  )
}

/** The sum of each kind; one is chosen to be looked into. */
function Totals({
  usage,
  kind,
  onKind
}: {
  readonly usage: DiskUsage
  readonly kind: UseKind
  readonly onKind: (kind: UseKind) => void
}) {
  const { t } = useTranslation('cleanup')
  const totals = totalsOf(usage)
  const all = totals.reduce((sum, { bytes }) => sum + bytes, 0)
  return (
    <div className="disk-totals" role="radiogroup" aria-label={t('kindsLabel')}>
      {totals.map((total) => (
        <TotalCard
          key={total.kind}
          total={total}
          share={all === 0 ? 0 : total.bytes / all}
          isChosen={kind === total.kind}
          onChoose={() => onKind(total.kind)}
        />
      ))}
    </div>
  )
}

function TotalCard(props: {
  readonly total: UseTotal
  readonly share: number
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const { t } = useTranslation('cleanup')
  const { kind, bytes, count, active, freeableBytes } = props.total
  const free = bytes === 0 ? 0 : freeableBytes / bytes
  return (
    <button
      type="button"
      role="radio"
      aria-checked={props.isChosen}
      className="disk-total"
      onClick={props.onChoose}
    >
      <span className="disk-kind">{t(`kinds.${kind}`)}</span>
      <strong>{formatBytes(bytes)}</strong>
      <span className="disk-bar" aria-hidden>
        <span className="disk-used" style={{ width: `${props.share * (1 - free) * 100}%` }} />
        <span className="disk-free" style={{ width: `${props.share * free * 100}%` }} />
      </span>
      <span className="muted">{t('inUse', { count, active })}</span>
      <span className="muted">{t('freeable', { bytes: formatBytes(freeableBytes) })}</span>
    </button>
  )
}
