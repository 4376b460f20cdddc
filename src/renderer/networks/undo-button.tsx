import { Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from './attach'
import { takeLastStep, useLastStep } from './undo-store'

function undoLast(endpointId: string): void {
  const step = takeLastStep(endpointId)
  if (step) void attempt(step.failedTitle, step.run)
}

/** Takes back the last connection or disconnection; Ctrl+Z does the same wherever nothing is being typed. */
export function UndoButton({ endpointId }: { readonly endpointId: string }) {
  const { t } = useTranslation('networks')
  const step = useLastStep(endpointId)
  useEffect(() => {
    function handle(event: KeyboardEvent): void {
      const isUndo = (event.ctrlKey || event.metaKey) && event.code === 'KeyZ' && !event.shiftKey
      const target = event.target instanceof Element ? event.target : undefined
      // There the key has a meaning of its own.
      if (!isUndo || target?.closest('input, textarea, [contenteditable], .xterm, [role=dialog]'))
        return
      event.preventDefault()
      undoLast(endpointId)
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [endpointId])
  if (!step) return null
  const title = t('undo.title', { what: step.title })
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={title}
      title={`${title} (Ctrl+Z)`}
      onClick={() => undoLast(endpointId)}
    >
      <Undo2 size={15} aria-hidden />
    </button>
  )
}
