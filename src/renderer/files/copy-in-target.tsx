import { HardDriveUpload } from 'lucide-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * A place of the window where a drop means: copy into this folder. It keeps such drags from the window, where a drop would mean
 * another thing, and says while one hangs over it what a drop will do.
 */
export function CopyInTarget(props: {
  /** Where to, as a person reads it: `web:/etc`. */
  readonly place: string
  /** Absolute local paths; empty where what was dropped is not on a disk. */
  readonly onDrop: (localPaths: readonly string[]) => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('files')
  const [dragging, setDragging] = useState(false)
  const depth = useRef(0)

  function ours(event: DragEvent): boolean {
    if (!event.dataTransfer.types.includes('Files')) return false
    event.stopPropagation()
    return true
  }

  function handleEnter(event: DragEvent): void {
    if (!ours(event)) return
    depth.current += 1
    setDragging(true)
  }

  function handleLeave(event: DragEvent): void {
    if (!ours(event)) return
    depth.current = Math.max(0, depth.current - 1)
    if (depth.current === 0) setDragging(false)
  }

  function handleOver(event: DragEvent): void {
    if (!ours(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }

  function handleDrop(event: DragEvent): void {
    if (!ours(event)) return
    event.preventDefault()
    depth.current = 0
    setDragging(false)
    const paths = [...event.dataTransfer.files].map((file) => window.portolan.pathOf(file))
    props.onDrop(paths.filter((path) => path !== ''))
  }

  return (
    <div
      className="files-drop"
      onDragEnter={handleEnter}
      onDragLeave={handleLeave}
      onDragOver={handleOver}
      onDrop={handleDrop}
    >
      {props.children}
      {dragging && (
        <div className="files-veil" role="status">
          <HardDriveUpload size={32} aria-hidden />
          <strong>{t('dropTitle', { place: props.place })}</strong>
          <span>{t('dropHint')}</span>
        </div>
      )}
    </div>
  )
}
