import { Play } from 'lucide-react'
import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { changesCommands } from '../../shared/changes/command'
import { formatCommand } from '../../shared/command/quote'
import type { Container } from '../../shared/containers/model'
import { useRows } from '../app/endpoint'
import { runImage } from '../app/run-image'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { commitOptions, EMPTY_FORM, faultsOf, isReferenceBad, nameOf } from './commit-form'
import { ChangeFields } from './change-fields'
import './commit-dialog.css'

/** Asks how a container's files are to be kept as an image, shows the command, and does it. */
export function CommitDialog({
  container,
  onClose
}: {
  readonly container: Container
  readonly onClose: () => void
}) {
  const { t } = useTranslation('changes')
  const [imageId, setImageId] = useState<string>()
  const [name, setName] = useState<string>()
  return (
    <Dialog title={t('commitDialog.title', { name: container.name })} wide onClose={onClose}>
      {imageId === undefined ? (
        <CommitFormView
          container={container}
          onClose={onClose}
          onDone={(id, made) => {
            setImageId(id)
            setName(made)
          }}
        />
      ) : (
        <Done imageId={imageId} name={name} onClose={onClose} />
      )}
    </Dialog>
  )
}

function CommitFormView(props: {
  readonly container: Container
  readonly onClose: () => void
  readonly onDone: (imageId: string, name: string | undefined) => void
}) {
  const { t } = useTranslation('changes')
  const { t: words } = useTranslation('app')
  const { container } = props
  const images = useRows('images')
  const [form, setForm] = useState(EMPTY_FORM)
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  const faults = faultsOf(form)
  const name = nameOf(form)
  const isBad = isReferenceBad(form)
  const moves = name !== undefined && images.some(({ tags }) => tags.includes(name))
  const options = commitOptions(form)
  const line = formatCommand(changesCommands.commit({ container: container.name, ...options }))
  const volumes = container.mounts.flatMap(({ kind, destination }) =>
    kind === 'tmpfs' ? [] : [destination]
  )

  async function commit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isBad || faults.size > 0 || isBusy) return
    setIsBusy(true)
    setError(undefined)
    try {
      const { imageId } = await call('changes.commit', {
        endpointId: container.endpointId,
        containerId: container.id,
        ...options,
        changes: [...options.changes]
      })
      props.onDone(imageId, name)
    } catch (thrown) {
      setError(errorOf(thrown))
      setIsBusy(false)
    }
  }

  return (
    <form className="commit-form" onSubmit={(event) => void commit(event)}>
      <div className="dialog-body">
        <Field
          label={t('commitDialog.reference')}
          hint={
            isBad
              ? t('commitDialog.referenceBad')
              : moves
                ? t('commitDialog.moves', { reference: name })
                : t('commitDialog.referenceHint')
          }
          tone={isBad ? 'bad' : moves ? 'warn' : undefined}
        >
          {(id, hintId) => (
            <input
              id={id}
              className="field mono"
              value={form.reference}
              autoFocus
              spellCheck={false}
              autoComplete="off"
              maxLength={512}
              placeholder={t('commitDialog.referencePlaceholder')}
              aria-invalid={isBad}
              aria-describedby={hintId}
              onChange={(event) => setForm({ ...form, reference: event.target.value })}
            />
          )}
        </Field>
        <div className="commit-pair">
          <Field label={t('commitDialog.message')}>
            {(id) => (
              <input
                id={id}
                className="field"
                value={form.message}
                maxLength={4096}
                placeholder={t('commitDialog.messagePlaceholder')}
                onChange={(event) => setForm({ ...form, message: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('commitDialog.author')}>
            {(id) => (
              <input
                id={id}
                className="field"
                value={form.author}
                maxLength={512}
                placeholder={t('commitDialog.authorPlaceholder')}
                onChange={(event) => setForm({ ...form, author: event.target.value })}
              />
            )}
          </Field>
        </div>
        <label className="check">
          <input
            type="checkbox"
            checked={form.pause}
            onChange={(event) => setForm({ ...form, pause: event.target.checked })}
          />
          <span>
            {t('commitDialog.pause')} <span className="muted">{t('commitDialog.pauseHint')}</span>
          </span>
        </label>
        <ChangeFields
          changes={form.changes}
          faults={faults}
          onChanges={(changes) => setForm({ ...form, changes })}
        />
        <p className="muted">
          {volumes.length > 0 &&
            `${t('commitDialog.volumes', { count: volumes.length, names: volumes.join(', ') })} `}
          {t('commitDialog.secrets')}
        </p>
      </div>
      <div className="commit-command">
        <output className="mono selectable" aria-label={t('commitDialog.command')}>
          {line}
        </output>
        <CopyButton text={line} label={words('copyCommand')} />
      </div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={props.onClose}>
          {t('commitDialog.cancel')}
        </button>
        <button
          type="submit"
          className="button button-primary"
          disabled={isBad || faults.size > 0 || isBusy}
        >
          {t(isBusy ? 'commitDialog.working' : 'commitDialog.act')}
        </button>
      </footer>
    </form>
  )
}

function Done(props: {
  readonly imageId: string
  readonly name: string | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation('changes')
  const id = props.imageId.replace(/^sha256:/, '').slice(0, 12)
  return (
    <>
      <div className="dialog-body">
        <p role="status">
          <strong>{t('commitDialog.done')}</strong>
        </p>
        <p className="selectable">
          {t('commitDialog.doneHint', { name: props.name ?? t('commitDialog.nameless'), id })}{' '}
          <CopyButton text={props.imageId} label={t('commitDialog.copyId')} />
        </p>
      </div>
      <footer className="dialog-footer">
        <button
          type="button"
          className="button"
          onClick={() => {
            props.onClose()
            runImage(props.name ?? props.imageId)
          }}
        >
          <Play size={14} aria-hidden />
          {t('commitDialog.run')}
        </button>
        <button type="button" className="button button-primary" autoFocus onClick={props.onClose}>
          {t('commitDialog.close')}
        </button>
      </footer>
    </>
  )
}

function Field(props: {
  readonly label: string
  readonly hint?: string
  readonly tone?: 'bad' | 'warn' | undefined
  readonly children: (id: string, hintId: string | undefined) => ReactNode
}) {
  const id = useId()
  const hintId = props.hint === undefined ? undefined : `${id}-hint`
  return (
    <div className="commit-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id, hintId)}
      {props.hint !== undefined && (
        <p id={hintId} className={props.tone ? `commit-${props.tone}` : 'muted'}>
          {props.hint}
        </p>
      )}
    </div>
  )
}
