import { FolderTree, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Image } from '../../shared/images/model'
import type { Task } from '../../shared/tasks/model'
import type { ImageTabProps } from '../app/image-tabs'
import { call } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { notify } from '../ui/notices'
import { FilesView } from './files-view'
import { useImageFiles } from './use-image-files'
import './files.css'

/** A smaller image is read as soon as somebody looks. */
const AT_ONCE_BYTES = 100e6

/** What files an image's layers hold: what each added, changed and removed. */
export function FilesTab({ image }: ImageTabProps) {
  const { summary, task, error, read, forget } = useImageFiles(image)
  const hasBegun = useRef(false)
  const isSmall = image.sizeBytes <= AT_ONCE_BYTES
  useEffect(() => {
    if (summary !== null || hasBegun.current || !isSmall || task) return
    hasBegun.current = true
    read()
  }, [summary, isSmall, task, read])
  if (summary) return <FilesView image={image} summary={summary} onGone={forget} />
  if (task) return <Reading task={task} />
  if (summary === undefined && !error) return null
  return (
    <div className="files-offer">
      {error && <ErrorBox error={error} />}
      <Offer image={image} onRead={read} />
    </div>
  )
}

function Offer({ image, onRead }: { readonly image: Image; readonly onRead: () => void }) {
  const { t } = useTranslation('layers')
  return (
    <>
      <p>
        <strong>{t('offer')}</strong>
      </p>
      <p className="muted">{t('offerHint', { size: formatBytes(image.sizeBytes) })}</p>
      <button type="button" className="button button-primary" onClick={onRead}>
        <FolderTree size={14} aria-hidden />
        {t('read')}
      </button>
    </>
  )
}

function Reading({ task }: { readonly task: Task }) {
  const { t } = useTranslation('layers')
  function cancel(): void {
    call('tasks.cancel', { taskId: task.id }).catch((thrown: unknown) =>
      notify(t('cancelFailed'), thrown)
    )
  }
  return (
    <div className="files-offer">
      <p role="status">{t(task.progress === undefined ? 'packing' : 'reading')}</p>
      <progress
        aria-label={t('reading')}
        {...(task.progress !== undefined && { value: task.progress })}
      />
      <button type="button" className="button" onClick={cancel}>
        <X size={14} aria-hidden />
        {t('cancel')}
      </button>
    </div>
  )
}
