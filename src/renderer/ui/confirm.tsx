import { create } from 'zustand'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { errorOf } from '../bridge/client'
import { Dialog } from './dialog'
import { ErrorBox } from './error-box'

interface Question {
  readonly title: string
  readonly body: ReactNode
  /** The button's verb, the same as the action's: never OK. */
  readonly verb: string
  readonly isDangerous?: boolean
  /** Done while the dialog is open, so that its failure is shown where it was caused. */
  readonly act: () => Promise<void>
  /** Called when the person does not agree. */
  readonly onCancel?: () => void
}

const useQuestion = create<{ question: Question | undefined }>(() => ({ question: undefined }))

/** Says what an action will do and does it once the person agrees. */
export function confirm(question: Question): void {
  useQuestion.setState({ question })
}

/** The place where questions appear; one in the window. */
export function ConfirmHost() {
  const { question } = useQuestion()
  if (!question) return null
  return (
    <ConfirmDialog
      question={question}
      onClose={() => useQuestion.setState({ question: undefined })}
    />
  )
}

function ConfirmDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  function cancel(): void {
    onClose()
    question.onCancel?.()
  }

  const { t } = useTranslation('app')
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)

  async function agree(): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      await question.act()
      onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog title={question.title} onClose={cancel}>
      <div className="dialog-body">{question.body}</div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={cancel}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className={question.isDangerous ? 'button button-danger' : 'button button-primary'}
          disabled={busy}
          autoFocus
          onClick={() => void agree()}
        >
          {question.verb}
        </button>
      </footer>
    </Dialog>
  )
}
