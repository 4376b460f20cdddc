import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ByteText, FileStat } from '../../shared/files/model'
import { cleanPath, joinPath, parentOf } from '../../shared/files/paths'
import { errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { formatBytes, formatTime } from '../ui/format'
import { nameFromText, nameText } from '../ui/byte-names'
import type { Draft } from './place-store'

/** The file is not as it was opened: what is there now, and what can be done. */
export function ConflictDialog(props: {
  readonly draft: Draft
  readonly placeName: string
  readonly theirs: FileStat | null
  readonly onClose: () => void
  readonly onOverwrite: () => Promise<unknown>
  readonly onReload: () => Promise<unknown>
  /** False where something is there already. */
  readonly onSaveAs: (path: ByteText) => Promise<boolean>
}) {
  const { t, i18n } = useTranslation('files')
  const { t: app } = useTranslation('app')
  const { draft, theirs } = props
  const [other, setOther] = useState(`${nameText(draft.path)}.mine`)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()

  async function act(run: () => Promise<unknown>): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      await run()
      props.onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  async function saveAs(): Promise<void> {
    const typed = nameFromText(other)
    const path = cleanPath(typed.startsWith('/') ? typed : joinPath(parentOf(draft.path), typed))
    if (!(await props.onSaveAs(path))) throw new Error(t('nameTaken', { name: nameText(path) }))
  }

  return (
    <Dialog title={t('conflictTitle', { name: nameText(draft.path) })} onClose={props.onClose}>
      <div className="dialog-body">
        <p>{t(theirs ? 'conflictChanged' : 'conflictGone', { container: props.placeName })}</p>
        <dl className="facts files-conflict">
          <dt>{t('conflictOpened')}</dt>
          <dd>{formatTime(draft.modifiedAtMs, i18n.language)}</dd>
          {theirs && (
            <>
              <dt>{t('conflictNow')}</dt>
              <dd>
                {formatTime(theirs.modifiedAtMs, i18n.language)}, {formatBytes(theirs.sizeBytes)}
              </dd>
            </>
          )}
        </dl>
        <form
          className="files-save-as"
          onSubmit={(event) => {
            event.preventDefault()
            void act(saveAs)
          }}
        >
          <input
            className="field mono"
            aria-label={t('saveAsPath')}
            value={other}
            spellCheck={false}
            onChange={(event) => setOther(event.target.value)}
          />
          <button type="submit" className="button" disabled={busy || other.trim() === ''}>
            {t('saveAs')}
          </button>
        </form>
      </div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer">
        <button type="button" className="button" autoFocus onClick={props.onClose}>
          {app('cancel')}
        </button>
        {theirs && (
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void act(props.onReload)}
          >
            {t('reloadTheirs')}
          </button>
        )}
        <button
          type="button"
          className="button button-danger"
          disabled={busy}
          onClick={() => void act(props.onOverwrite)}
        >
          {t(theirs ? 'overwrite' : 'saveAnyway')}
        </button>
      </footer>
    </Dialog>
  )
}
