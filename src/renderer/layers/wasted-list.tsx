import { useTranslation } from 'react-i18next'
import type { FilesSummary } from '../../shared/layers/files-model'
import { formatBytes } from '../ui/format'
import { visibleText } from '../ui/visible-text'

/** What is in the image and cannot be seen: a later layer has overwritten or removed it, which frees nothing. */
export function WastedList(props: {
  readonly summary: FilesSummary
  /** Of the whole image. */
  readonly sizeBytes: number
}) {
  const { wasted, wastedBytes } = props.summary
  const { t } = useTranslation('layers')
  if (wasted.length === 0) return <p className="wasted-note muted">{t('nothingWasted')}</p>
  const percent = Math.round((wastedBytes / Math.max(1, props.sizeBytes)) * 100)
  return (
    <section className="wasted" aria-label={t('wastedTitle')}>
      <p className="wasted-note">{t('wastedHint', { size: formatBytes(wastedBytes), percent })}</p>
      {/* It scrolls, and so must be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul tabIndex={0} aria-label={t('wastedTitle')}>
        {wasted.map(({ path, bytes, layers, isGone }) => (
          <li key={path}>
            <span className="wasted-size">{formatBytes(bytes)}</span>
            <code className="wasted-path" title={visibleText(path)}>
              {visibleText(path)}
            </code>
            <span className="muted">
              {t(isGone ? 'wastedGone' : 'wastedAgain', {
                layers: layers.map((layer) => layer + 1).join(', ')
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
