import { PackagePlus } from 'lucide-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { offerDropped } from './dropped'
import './drop-target.css'

/** The whole window takes drops, and says while something hangs over it what a drop will do. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('app')
  const [dragging, setDragging] = useState(false)
  const depth = useRef(0)

  function hasFiles(event: DragEvent): boolean {
    return event.dataTransfer.types.includes('Files')
  }

  function handleEnter(event: DragEvent): void {
    if (!hasFiles(event)) return
    depth.current += 1
    setDragging(true)
  }

  function handleLeave(event: DragEvent): void {
    if (!hasFiles(event)) return
    depth.current = Math.max(0, depth.current - 1)
    if (depth.current === 0) setDragging(false)
  }

  function handleOver(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }

  function handleDrop(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setDragging(false)
    const files = [...event.dataTransfer.files]
    offerDropped(files.map((file) => window.portolan.pathOf(file)).filter((path) => path !== ''))
  }

  return (
    <div
      className="drop-target"
      onDragEnter={handleEnter}
      onDragLeave={handleLeave}
      onDragOver={handleOver}
      onDrop={handleDrop}
    >
      {children}
      {dragging && (
        <div className="drop-veil" role="status">
          <PackagePlus size={40} aria-hidden />
          <strong>{t('dropBuild')}</strong>
          <span>{t('dropBuildHint')}</span>
        </div>
      )}
    </div>
  )
}
