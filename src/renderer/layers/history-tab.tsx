import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { imageName } from '../../shared/images/model'
import { historyText } from '../../shared/layers/dockerfile'
import { useRows } from '../app/endpoint'
import type { ImageTabProps } from '../app/image-tabs'
import { CopyButton } from '../ui/copy-button'
import { ErrorBox } from '../ui/error-box'
import { useStrata } from './use-strata'
import './layers.css'

/** How an image came about, in the words of a Dockerfile. */
export function HistoryTab({ image }: ImageTabProps) {
  const { t } = useTranslation('layers')
  const rows = useRows('images')
  const { strata, sharing, error } = useStrata(image, rows)
  const [isWhole, setWhole] = useState(false)
  if (error && !strata) return <ErrorBox error={error} />
  if (!strata) return null
  const base = sharing?.base
  const baseRow = rows.find(({ id }) => id === base?.imageId)
  const from = base && baseRow && !isWhole
  const text = historyText(
    strata,
    from ? { name: imageName(baseRow), entries: base.entries } : undefined
  )
  return (
    <div className="image-history">
      <header className="layers-head">
        <span className="muted image-history-hint">{t('historyHint')}</span>
        {base && baseRow && (
          <button
            type="button"
            className="chip"
            aria-pressed={isWhole}
            onClick={() => setWhole(!isWhole)}
          >
            {t('withBase')}
          </button>
        )}
        <CopyButton text={text} label={t('copyHistory')} />
      </header>
      {/* It scrolls, and so must be reached by the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="image-history-text" tabIndex={0} role="region" aria-label={t('history')}>
        {text.split('\n').map((line, at) => (
          // Lines repeat, and their places do not change.
          // oxlint-disable-next-line react/no-array-index-key
          <HistoryLine key={at} line={line} />
        ))}
      </pre>
    </div>
  )
}

function HistoryLine({ line }: { readonly line: string }) {
  const [, keyword = '', rest = line] = /^([A-Z]+)( .*)$/s.exec(line) ?? []
  if (line.startsWith('# ')) return <span className="image-history-comment">{`${line}\n`}</span>
  return (
    <span>
      {keyword !== '' && <span className="image-history-keyword">{keyword}</span>}
      {`${rest}\n`}
    </span>
  )
}
