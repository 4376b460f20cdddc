import { Save } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { ByteText, FileContent, FileStat } from '../../shared/files/model'
import { baseOf } from '../../shared/files/paths'
import { call, errorOf } from '../bridge/client'
import { confirm } from '../ui/confirm'
import { ErrorBox } from '../ui/error-box'
import { ConflictDialog } from './conflict-dialog'
import { bytesOfDraft, draftOf, isDirty, savedDraft } from './draft'
import { decodeText } from './decode'
import type { FileTarget } from './file-place'
import { nameText } from '../ui/byte-names'
import { setDraft, usePlace, type Draft } from './place-store'

/** Edits a small text. What is typed outlives the tab; it is saved by Ctrl+S, and never over what somebody else has written. */
export function FileEditor(props: {
  readonly target: FileTarget
  readonly placeName: string
  readonly draftId: string
  readonly draft: Draft
  readonly onSaved: () => void
}) {
  const { t } = useTranslation('files')
  const { draft, draftId } = props
  const { endpointId, holder } = props.target
  const target = { endpointId, holder }
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [conflict, setConflict] = useState<{ readonly theirs: FileStat | null }>()
  const dirty = isDirty(draft)

  function keep(file: FileContent, savedText: string): void {
    const now = usePlace.getState().drafts[draftId]
    if (now) setDraft(draftId, savedDraft(now, file, savedText))
  }

  /** Saves; with `expected` absent whatever is there. True where it was saved. */
  async function save(path: ByteText, expected: string | null | undefined): Promise<boolean> {
    const outcome = await call('files.save', {
      ...target,
      path,
      bytes: bytesOfDraft(draft),
      ...(expected !== undefined && { expected })
    })
    if (outcome.kind === 'conflict') {
      if (path === draft.path) setConflict({ theirs: outcome.theirs })
      return false
    }
    if (path === draft.path) keep(outcome.file, draft.text)
    props.onSaved()
    return true
  }

  async function saveHere(): Promise<void> {
    if (busy || !dirty) return
    setBusy(true)
    setError(undefined)
    try {
      await save(draft.path, draft.sha256)
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  async function reload(): Promise<void> {
    const limitBytes = 1024 * 1024
    const file = await call('files.read', { ...target, path: draft.path, limitBytes })
    if (file.sha256 === undefined) setDraft(draftId, undefined)
    else setDraft(draftId, draftOf(file, decodeText(file.bytes, 'utf-8')))
  }

  function close(): void {
    if (!dirty) return setDraft(draftId, undefined)
    confirm({
      title: t('discardTitle', { name: nameText(baseOf(draft.path)) }),
      body: <p>{t('discardHint')}</p>,
      verb: t('discard'),
      isDangerous: true,
      act: async () => setDraft(draftId, undefined)
    })
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void saveHere()
  }

  return (
    // The keys are those of the text in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="files-editor" onKeyDown={handleKey}>
      <header className="files-preview-head">
        <strong className="mono">{nameText(baseOf(draft.path))}</strong>
        <span className="muted" role="status">
          {dirty ? t('changed') : t('unchanged')}
        </span>
        <span className="spacer" />
        <button type="button" className="button" onClick={close}>
          {t('closeEditor')}
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!dirty || busy}
          title="Ctrl+S"
          onClick={() => void saveHere()}
        >
          <Save size={14} aria-hidden />
          {t('save')}
        </button>
      </header>
      {error && <ErrorBox error={error} />}
      <textarea
        className="mono"
        aria-label={t('textOf', { name: nameText(baseOf(draft.path)) })}
        value={draft.text}
        spellCheck={false}
        autoFocus
        wrap="off"
        onChange={(event) => setDraft(draftId, { ...draft, text: event.target.value })}
      />
      {conflict && (
        <ConflictDialog
          draft={draft}
          placeName={props.placeName}
          theirs={conflict.theirs}
          onClose={() => setConflict(undefined)}
          onOverwrite={() => save(draft.path, undefined)}
          onReload={reload}
          onSaveAs={(path) => save(path, null)}
        />
      )}
    </div>
  )
}
