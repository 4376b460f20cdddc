import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortId, type Image } from '../../shared/images/model'
import type { FilesSummary, LayerChange } from '../../shared/layers/files-model'
import type { Stratum } from '../../shared/layers/model'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { chooseLayer, useLayerChoice } from './layer-choice'
import { LayerTree } from './layer-tree'
import { useLayerTree } from './use-layer-tree'
import { useStrataOf } from './use-strata'
import { WastedList } from './wasted-list'

const CHANGES: readonly LayerChange[] = ['added', 'changed', 'removed']

/** The files of one layer after another, of an image whose files were read. */
export function FilesView(props: {
  readonly image: Image
  readonly summary: FilesSummary
  /** They are at hand no longer. */
  readonly onGone: () => void
}) {
  const { image, summary, onGone } = props
  const { t } = useTranslation('layers')
  const strata = useStrataOf(image)
  const choice = useLayerChoice()
  const newest = summary.layers.length - 1
  const layer = choice.imageId === image.id ? Math.min(choice.layer, newest) : newest
  const [scope, setScope] = useState<'layer' | 'all'>('layer')
  const [changes, setChanges] = useState<readonly LayerChange[]>([])
  const [text, setText] = useState('')
  const [showsWasted, setShowsWasted] = useState(false)
  const view = { layer: Math.max(0, layer), scope, changes }
  const { rows, left, isReading, error, toggle } = useLayerTree(image, view, text.trim())
  const isGone = error?.code === 'not-found'
  useEffect(() => {
    if (isGone) onGone()
    // Once for each time that it goes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isGone])
  if (newest < 0) return <p className="files-offer muted">{t('noLayers')}</p>
  const counts = summary.layers[layer]?.counts
  function toggleChange(change: LayerChange): void {
    setChanges(
      changes.includes(change) ? changes.filter((each) => each !== change) : [...changes, change]
    )
  }
  return (
    <div className="layer-files">
      <div className="layer-files-bar">
        <select
          className="field layer-choice"
          aria-label={t('layer')}
          value={layer}
          onChange={(event) => chooseLayer(image.id, Number(event.target.value))}
        >
          {summary.layers
            .map(({ digest }, at) => ({ digest, at }))
            .toReversed()
            .map(({ digest, at }) => (
              <option key={at} value={at}>
                {`${at + 1} · ${nameOf(strata?.find((each) => each.layer === at)) || shortId(digest)}`}
              </option>
            ))}
        </select>
        <button
          type="button"
          className="chip"
          aria-pressed={scope === 'all'}
          onClick={() => setScope(scope === 'all' ? 'layer' : 'all')}
        >
          {t('allFiles')}
        </button>
        {CHANGES.map((change) => (
          <button
            key={change}
            type="button"
            className="chip"
            aria-pressed={changes.includes(change)}
            onClick={() => toggleChange(change)}
          >
            {t(`changes.${change}`)} {counts?.[change] ?? 0}
          </button>
        ))}
        <label className="list-search">
          <Search size={13} aria-hidden />
          <input
            className="field"
            type="search"
            value={text}
            aria-label={t('find')}
            placeholder={t('find')}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="chip"
          aria-pressed={showsWasted}
          onClick={() => setShowsWasted(!showsWasted)}
        >
          {t('wasted', { size: formatBytes(summary.wastedBytes) })}
        </button>
      </div>
      {error && !isGone && <ErrorBox error={error} />}
      {showsWasted && <WastedList summary={summary} sizeBytes={image.sizeBytes} />}
      {!isReading && rows.length === 0 ? (
        <p className="files-offer muted">{t(text === '' ? 'noChanges' : 'noneFound')}</p>
      ) : (
        <LayerTree label={t('tree', { layer: layer + 1 })} rows={rows} onToggle={toggle} />
      )}
      {left > 0 && <p className="layer-files-left muted">{t('left', { count: left })}</p>}
    </div>
  )
}

/** A layer in a list that one chooses from: what made it, and its size. */
function nameOf(stratum: Stratum | undefined): string {
  if (!stratum) return ''
  const { keyword, text } = stratum.instruction
  const words = `${keyword} ${text || stratum.comment}`.trim()
  return `${words.length > 70 ? `${words.slice(0, 69)}…` : words} · ${formatBytes(stratum.sizeBytes)}`
}
