import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { errorOf } from '../bridge/client'
import { ErrorBox } from './error-box'
import './notices.css'

/** Something that was not asked for at this moment, and must not be missed. */
interface Notice {
  readonly id: string
  readonly title: string
  readonly body: ReactNode
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[]
  readonly onDismiss?: () => void
}

const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }))

/** Says that something failed that nobody waits for. What was cancelled is silent. */
export function notify(title: string, thrown: unknown): void {
  const error = errorOf(thrown)
  if (error.code === 'cancelled') return
  announce({ id: crypto.randomUUID(), title, body: <ErrorBox error={error} /> })
}

/** Shows a notice of any kind. */
export function announce(notice: Notice): void {
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-4), notice] }))
}

function dismiss({ id, onDismiss }: Notice): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
  onDismiss?.()
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
              onClick={() => dismiss(notice)}
            >
              <X size={14} aria-hidden />
            </button>
          </header>
          {notice.body}
          {notice.actions && (
            <footer>
              {notice.actions.map(({ label, run }) => (
                <button
                  key={label}
                  type="button"
                  className="button"
                  onClick={() => {
                    dismiss(notice)
                    run()
                  }}
                >
                  {label}
                </button>
              ))}
            </footer>
          )}
        </div>
      ))}
    </section>
  )
}
