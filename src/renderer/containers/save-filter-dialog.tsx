import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog'
import './dialogs.css'

/** Gives what the list shows now a name to be asked for again by. */
export function SaveFilterDialog(props: {
  readonly taken: readonly string[]
  readonly suggested: string
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['containers', 'app'])
  const [typed, setTyped] = useState(props.suggested.slice(0, 60))
  const name = typed.trim()
  return (
    <Dialog title={t('view.saveTitle')} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name === '') return
          props.onSave(name)
          props.onClose()
        }}
      >
        <div className="dialog-body">
          <label className="dialog-field">
            <span>{t('view.saveName')}</span>
            <input
              className="field"
              value={typed}
              maxLength={60}
              // The dialog is about nothing else.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <p className="muted">
            {t(props.taken.includes(name) ? 'view.saveTaken' : 'view.saveHint')}
          </p>
        </div>
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={props.onClose}>
            {t('app:cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={name === ''}>
            {t('view.saveVerb')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
