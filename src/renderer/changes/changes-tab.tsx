import { FileCode, RotateCw, Save, Search } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ChangeKind, ChangeList } from '../../shared/changes/model'
import { isAlive } from '../../shared/containers/model'
import type { ContainerTabProps } from '../app/container-tabs'
import { call, errorOf } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { Resizer } from '../ui/resizer'
import { buildTree, countChanges } from './change-tree'
import { openCommit, openDraft } from './changes-store'
import { ChangesTree } from './changes-tree'
import { Comparison } from './comparison'
import { KindMark } from './kind-mark'
import './changes.css'

const KINDS: readonly ChangeKind[] = ['added', 'changed', 'deleted']

/** A container's writable layer: what was added, changed and deleted, each text file against the image's, and ways to keep it. */
export function ChangesTab({ container }: ContainerTabProps) {
  const { t } = useTranslation('changes')
  const [version, setVersion] = useState(0)
  const { list, error, isReading } = useChanges(container, version)
  const [text, setText] = useState('')
  const [hidden, setHidden] = useState<ReadonlySet<ChangeKind>>(new Set())
  const [showNoise, setShowNoise] = useState(true)
  const [path, setPath] = useState<string>()
  const [comparisonPx, setComparisonPx] = useState(260)
  const counts = useMemo(() => countChanges(list?.changes ?? []), [list])
  const tree = useMemo(
    () =>
      buildTree(list?.changes ?? [], {
        text,
        kinds: new Set(KINDS.filter((kind) => !hidden.has(kind))),
        showNoise
      }),
    [list, text, hidden, showNoise]
  )

  function toggle(kind: ChangeKind): void {
    const next = new Set(hidden)
    if (!next.delete(kind)) next.add(kind)
    setHidden(next)
  }

  const isEmpty = list?.changes.length === 0
  return (
    <div className="changes">
      <div className="changes-head">
        <div className="changes-chips" role="group" aria-label={t('filters')}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              className="chip changes-chip"
              aria-pressed={!hidden.has(kind)}
              onClick={() => toggle(kind)}
            >
              <KindMark kind={kind} />
              {t(`kinds.${kind}`)} {counts[kind]}
            </button>
          ))}
          <button
            type="button"
            className="chip"
            title={t('temporaryHint')}
            aria-pressed={showNoise}
            onClick={() => setShowNoise(!showNoise)}
          >
            {t('temporary')}
          </button>
        </div>
        <label className="list-search changes-search">
          <Search size={13} aria-hidden />
          <input
            className="field"
            type="search"
            value={text}
            aria-label={t('filter')}
            placeholder={t('filterPlaceholder')}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className="changes-tools">
          <button
            type="button"
            className="icon-button"
            aria-label={t('reload')}
            title={t('reload')}
            disabled={isReading}
            onClick={() => setVersion(version + 1)}
          >
            <RotateCw size={14} aria-hidden />
          </button>
          <button
            type="button"
            className="button"
            disabled={!list}
            onClick={() => openDraft(container)}
          >
            <FileCode size={14} aria-hidden />
            {t('dockerfile')}
          </button>
          <button
            type="button"
            className="button button-primary"
            onClick={() => openCommit(container)}
          >
            <Save size={14} aria-hidden />
            {t('commit')}
          </button>
        </div>
      </div>
      {error && <ErrorBox error={error} />}
      {list && !isEmpty && (
        <p className="changes-notice">
          {t('notice')}{' '}
          {list.writableBytes !== undefined && (
            <span className="muted">{t('size', { size: formatBytes(list.writableBytes) })}</span>
          )}
        </p>
      )}
      <div className="changes-body" aria-busy={isReading}>
        {!list && isReading && (
          <p className="changes-empty muted" role="status">
            {t('reading')}
          </p>
        )}
        {isEmpty && <Empty title={t('empty')} hint={t('emptyHint')} />}
        {list && !isEmpty && tree.length === 0 && (
          <Empty title={t('noneMatch')} hint={t('noneMatchHint')} />
        )}
        {tree.length > 0 && (
          <ChangesTree
            container={container}
            tree={tree}
            filterIsOn={text !== ''}
            version={version}
            selected={path}
            onSelect={setPath}
          />
        )}
        {path !== undefined && (
          <>
            <Resizer
              label={t('compare.split')}
              orientation="horizontal"
              sizePx={comparisonPx}
              minPx={100}
              maxPx={900}
              onSize={setComparisonPx}
            />
            <Comparison
              key={`${path} ${version}`}
              container={container}
              path={path}
              heightPx={comparisonPx}
              onClose={() => setPath(undefined)}
            />
          </>
        )}
      </div>
    </div>
  )
}

function Empty({ title, hint }: { readonly title: string; readonly hint: string }) {
  return (
    <div className="changes-empty">
      <p>
        <strong>{title}</strong>
      </p>
      <p className="muted">{hint}</p>
    </div>
  )
}

/** The writable layer; read again when the container has started or ended, and when asked. What was there stays meanwhile. */
function useChanges(
  container: ContainerTabProps['container'],
  version: number
): {
  readonly list: ChangeList | undefined
  readonly error: ErrorData | undefined
  readonly isReading: boolean
} {
  const { endpointId, id } = container
  // A commit pauses it for a moment: that changes nothing here.
  const reading = `${endpointId} ${id} ${isAlive(container)} ${version}`
  const [read, setRead] = useState<{
    readonly reading: string
    readonly list?: ChangeList | undefined
    readonly error?: ErrorData
  }>()
  useEffect(() => {
    let gone = false
    call('changes.list', { endpointId, containerId: id }).then(
      (list) => !gone && setRead({ reading, list }),
      (thrown: unknown) =>
        !gone && setRead((before) => ({ reading, list: before?.list, error: errorOf(thrown) }))
    )
    return () => {
      gone = true
    }
  }, [endpointId, id, reading])
  return { list: read?.list, error: read?.error, isReading: read?.reading !== reading }
}
