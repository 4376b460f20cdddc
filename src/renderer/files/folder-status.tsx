import { LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import type { FolderReading } from './use-folder'

/** How reading the folder stands, where that needs words: long, in part, failed. */
export function FolderStatus(props: {
  readonly folder: FolderReading
  readonly onMore: () => void
  readonly onUp: () => void
  readonly onRefresh: () => void
}) {
  const { t } = useTranslation('files')
  const { end, error, readBytes, stop } = props.folder
  if (error) {
    return (
      <div className="files-status">
        <ErrorBox error={error} />
        <button type="button" className="button" onClick={props.onRefresh}>
          {t('refresh')}
        </button>
        <button type="button" className="button" onClick={props.onUp}>
          {t('up')}
        </button>
      </div>
    )
  }
  if (!end && readBytes > 0) {
    return (
      <div className="files-status" role="status">
        <LoaderCircle size={14} className="spin" aria-hidden />
        <span>{t('readingArchive', { size: formatBytes(readBytes) })}</span>
        <button type="button" className="button" onClick={stop}>
          {t('stopReading')}
        </button>
      </div>
    )
  }
  if (end && !end.complete) {
    return (
      <div className="files-status" role="status">
        <span>{t('partial', { size: formatBytes(end.readBytes) })}</span>
        <button type="button" className="button" onClick={props.onMore}>
          {t('readOn')}
        </button>
      </div>
    )
  }
  return null
}
