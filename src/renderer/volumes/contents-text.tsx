import { useTranslation } from 'react-i18next'
import { Age } from '../ui/age'
import { nameText } from '../ui/byte-names'
import { formatBytes } from '../ui/format'
import type { ContentsReading } from './use-contents'

/** How much a volume holds, as far as it is known. */
export function ContentsText({ reading }: { readonly reading: ContentsReading }) {
  const { t } = useTranslation('volumes')
  const { found, error, isOver } = reading
  if (error) return <span className="volume-fault">{error.message}</span>
  if (!found) return <span className="muted">{t('contents.looking')}</span>
  const { files, bytes, complete } = found
  if (complete && files === 0) return t('contents.nothing')
  const words = t('contents.files', { count: files, size: formatBytes(bytes) })
  if (complete) return words
  return (
    <span role="status">
      {t('contents.atLeast', { words })}
      {!isOver && '…'}
    </span>
  )
}

/** The file of a volume that was written last. */
export function NewestFile({ reading }: { readonly reading: ContentsReading }) {
  const { t } = useTranslation('volumes')
  const newest = reading.found?.newest
  if (!newest) return <span className="muted">—</span>
  const path = nameText(newest.path)
  return (
    <span className="volume-newest" title={path}>
      <Age sinceMs={newest.modifiedAtMs} /> <code>{path}</code>
      {reading.isOver && !reading.found?.complete && (
        <span className="muted"> {t('contents.ofSeen')}</span>
      )}
    </span>
  )
}
