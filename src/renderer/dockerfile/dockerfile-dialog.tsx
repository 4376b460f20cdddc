import { Hammer, LoaderCircle, Save } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows } from '../app/endpoint'
import { confirm } from '../ui/confirm'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { closeInsideEditor, CodeEditor, type Place } from './code-editor'
import { closeDockerfile, type OpenFile } from '../app/open-dockerfile'
import { FaultList } from './fault-list'
import { useFaults } from './use-faults'
import { useLocalFile, type LocalFile } from './use-local-file'
import './dockerfile-dialog.css'

/** Edits a Dockerfile of the person's own folder: faults at their lines, Ctrl+S saves. */
export function DockerfileDialog({ file: opened }: { readonly file: OpenFile }) {
  const { t } = useTranslation('dockerfile')
  const { t: app } = useTranslation('app')
  const { path, onSaved, onBuild } = opened
  const name = path.split(/[/\\]/).at(-1) ?? path
  const isDockerfile = !/\.dockerignore$/i.test(name)
  const file = useLocalFile(path)
  const { marks, isChecked } = useFaults(file.text, isDockerfile)
  const images = useRows('images').flatMap(({ tags }) => tags)
  const [place, setPlace] = useState<Place | undefined>(
    opened.line === undefined ? undefined : { line: opened.line }
  )

  async function save(overwrite = false): Promise<boolean> {
    if (!file.isDirty && !overwrite) return true
    const isSaved = await file.save(overwrite)
    if (isSaved) onSaved?.()
    return isSaved
  }

  async function saveAndBuild(): Promise<void> {
    if (!(await save())) return
    closeDockerfile()
    onBuild?.()
  }

  function close(): void {
    if (!file.isDirty) return closeDockerfile()
    confirm({
      title: t('discardTitle', { name }),
      body: <p>{t('discardHint')}</p>,
      verb: t('discard'),
      isDangerous: true,
      act: async () => closeDockerfile()
    })
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.code !== 'KeyS' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void save()
  }

  return (
    <Dialog title={name} size="page" onClose={close} onEscape={keepForEditor}>
      {/* The keys are those of the text in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="dockerfile-editor" onKeyDown={handleKey}>
        <Facts file={file} path={path} isChecked={isChecked} />
        {file.error && <ErrorBox error={file.error} />}
        {file.conflict && (
          <Conflict
            name={name}
            isGone={file.conflict.theirs === null}
            onTake={file.takeTheirs}
            onOverwrite={() => void save(true)}
          />
        )}
        {file.base ? (
          <CodeEditor
            key={file.version}
            label={t('textOf', { name })}
            initialText={file.text}
            onText={file.setText}
            marks={marks}
            place={place}
            images={images}
            isPlain={!isDockerfile}
          />
        ) : (
          <div className="dockerfile-empty">
            {!file.error && <LoaderCircle size={18} className="spin" aria-label={t('reading')} />}
          </div>
        )}
        {isDockerfile && file.base && isChecked && (
          <FaultList marks={marks} onGo={(line) => setPlace({ line })} />
        )}
      </div>
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={close}>
          {app('close')}
        </button>
        <button
          type="button"
          className={onBuild ? 'button' : 'button button-primary'}
          disabled={!file.isDirty || file.isBusy}
          title="Ctrl+S"
          onClick={() => void save()}
        >
          <Save size={14} aria-hidden />
          {t('save')}
        </button>
        {onBuild && (
          <button
            type="button"
            className="button button-primary"
            disabled={!file.base || file.isBusy}
            onClick={() => void saveAndBuild()}
          >
            <Hammer size={14} aria-hidden />
            {t(file.isDirty ? 'saveAndBuild' : 'buildAgain')}
          </button>
        )}
      </footer>
    </Dialog>
  )
}

/** Escape closes the list of completions or the search first; only then the dialog. */
function keepForEditor(event: { preventDefault: () => void }): void {
  if (closeInsideEditor()) event.preventDefault()
}

function Facts(props: {
  readonly file: LocalFile
  readonly path: string
  readonly isChecked: boolean
}) {
  const { t } = useTranslation('dockerfile')
  const { base, isDirty } = props.file
  return (
    <div className="dockerfile-facts">
      <code className="selectable">{props.path}</code>
      {base && <span role="status">{t(isDirty ? 'changed' : 'unchanged')}</span>}
      {base?.lineEnd === '\r\n' && <span title={t('crlfHint')}>CRLF</span>}
      {base?.hasBom && <span title={t('bomHint')}>BOM</span>}
      {!props.isChecked && <span>{t('tooLong')}</span>}
    </div>
  )
}

function Conflict(props: {
  readonly name: string
  readonly isGone: boolean
  readonly onTake: () => void
  readonly onOverwrite: () => void
}) {
  const { t } = useTranslation('dockerfile')
  return (
    <div className="dockerfile-conflict" role="alert">
      <p>{t(props.isGone ? 'conflictGone' : 'conflict', { name: props.name })}</p>
      {!props.isGone && (
        <button type="button" className="button" onClick={props.onTake}>
          {t('takeTheirs')}
        </button>
      )}
      <button type="button" className="button button-danger" onClick={props.onOverwrite}>
        {t(props.isGone ? 'writeAgain' : 'overwrite')}
      </button>
    </div>
  )
}
