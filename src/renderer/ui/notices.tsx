import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import type { ErrorData } from '../../shared/bridge/errors'
import { errorOf } from '../bridge/client'
import { ErrorBox } from './error-box'
import './notices.css'

interface Notice {
  readonly id: string
  readonly title: string
  readonly error: ErrorData
}

const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }))

/** Says that something failed that nobody waits for. What was cancelled is silent. */
export function notify(title: string, thrown: unknown): void {
  const error = errorOf(thrown)
  if (error.code === 'cancelled') return
  const notice = { id: crypto.randomUUID(), title, error }
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-4), notice] }))
}

function dismiss(id: string): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}

/** The notices, newest last; each stays until it is dismissed, so that none is missed. */
export function NoticeHost() {
  const { t } = useTranslation('app')
  const { notices } = useNotices()
  if (notices.length === 0) return null
  return (
    <section className="notices" aria-label={t('notices')}>
      {notices.map((notice) => (
        <div key={notice.id} className="notice">
          <header>
            <strong>{notice.title}</strong>
            <button
              type="button"
              className="icon-button"
              aria-label={t('dismiss')}
              onClick={() => dismiss(notice.id)}
            >
              <X size={14} aria-hidden />
            </button>
          </header>
          <ErrorBox error={notice.error} />
        </div>
      ))}
    </section>
  )
}
