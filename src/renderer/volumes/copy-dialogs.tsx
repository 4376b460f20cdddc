import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { isAlive } from '../../shared/containers/model'
import type { Volume } from '../../shared/volumes/model'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { NameField, useNameFault } from './name-field'
import { shownName } from './names'
import { useSizes } from './sizes-store'
import { useVolumeUsers } from './volume-users'

/** What is asked before a copy: a form, what fails in it, and its two buttons. */
function CopyDialog(props: {
  readonly title: string
  readonly verb: string
  readonly canDo: boolean
  /** Starts it; false where the person called it off. */
  readonly act: () => Promise<boolean>
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation('app')
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!props.canDo || busy) return
    setBusy(true)
    setError(undefined)
    try {
      if (await props.act()) return props.onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
    }
    setBusy(false)
  }

  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form className="volume-form" onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">{props.children}</div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={props.onClose}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!props.canDo || busy}>
            {props.verb}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

/** Says that somebody may write while it is copied. */
function WritersWarning({ name }: { readonly name: string }) {
  const { t } = useTranslation('volumes')
  const users = useVolumeUsers().get(name) ?? []
  const writers = users.filter(
    ({ container, readOnly }) => !readOnly && container.state !== 'paused' && isAlive(container)
  )
  if (writers.length === 0) return null
  const names = [...new Set(writers.map(({ container }) => container.name))]
  return <p role="note">{t('copy.writers', { count: names.length, names: names.join(', ') })}</p>
}

function useExpectedBytes({ endpointId, id }: Volume): { expectedBytes?: number } {
  const bytes = useSizes(endpointId).sizes?.bytes[id]
  return bytes === undefined ? {} : { expectedBytes: bytes }
}

/** Asks where a backup is to be saved. */
export function BackUpDialog(props: { readonly volume: Volume; readonly onClose: () => void }) {
  const { volume, onClose } = props
  const { t } = useTranslation('volumes')
  const expected = useExpectedBytes(volume)
  const { endpointId, id: name } = volume
  return (
    <CopyDialog
      title={t('backUp.title', { name: shownName(volume) })}
      verb={t('backUp.do')}
      canDo
      act={async () => (await call('volumes.backUp', { endpointId, name, ...expected })) !== null}
      onClose={onClose}
    >
      <p>{t('backUp.hint')}</p>
      <WritersWarning name={name} />
    </CopyDialog>
  )
}

/** Asks what the copy is to be called. */
export function CloneDialog(props: { readonly volume: Volume; readonly onClose: () => void }) {
  const { volume, onClose } = props
  const { t } = useTranslation('volumes')
  const expected = useExpectedBytes(volume)
  const { endpointId, id: name } = volume
  const [to, setTo] = useState('')
  const fault = useNameFault(to)
  return (
    <CopyDialog
      title={t('clone.title', { name: shownName(volume) })}
      verb={t('clone.do')}
      canDo={to !== '' && fault === undefined}
      act={async () => {
        await call('volumes.clone', { endpointId, name, to, ...expected })
        return true
      }}
      onClose={onClose}
    >
      <NameField label={t('clone.name')} name={to} onName={setTo} autoFocus />
      <p className="muted">{t('clone.hint')}</p>
      <WritersWarning name={name} />
    </CopyDialog>
  )
}

/** Asks for an archive, and whether it goes into a new volume or one that is there. */
export function RestoreDialog(props: {
  readonly endpointId: string
  /** The volume that it goes into to begin with. */
  readonly volume: Volume | undefined
  readonly onClose: () => void
}) {
  const { endpointId, volume, onClose } = props
  const { t } = useTranslation('volumes')
  const volumes = useRows('volumes').toSorted((a, b) => a.id.localeCompare(b.id))
  const [archive, setArchive] = useState('')
  const [isNew, setNew] = useState(volume === undefined)
  const [newName, setNewName] = useState('')
  const [oldName, setOldName] = useState(volume?.id ?? '')
  const [chooseError, setChooseError] = useState<ErrorData>()
  const fault = useNameFault(newName)
  const name = isNew ? newName : oldName
  const canDo = archive !== '' && name !== '' && (!isNew || fault === undefined)

  function choose(): void {
    call('volumes.chooseArchive', {}).then(
      (path) => path !== null && setArchive(path),
      (thrown: unknown) => setChooseError(errorOf(thrown))
    )
  }

  return (
    <CopyDialog
      title={t('restore.title')}
      verb={t('restore.do')}
      canDo={canDo}
      act={async () => {
        await call('volumes.restore', { endpointId, name, localPath: archive, isNew })
        return true
      }}
      onClose={onClose}
    >
      <div className="volume-field">
        <span>{t('restore.archive')}</span>
        <span className="volume-archive">
          <button type="button" className="button" autoFocus onClick={choose}>
            {t('restore.choose')}
          </button>
          <span className="mono" role="status">
            {archive === '' ? <span className="muted">{t('restore.none')}</span> : archive}
          </span>
        </span>
      </div>
      {chooseError && <ErrorBox error={chooseError} />}
      <fieldset className="volume-ways">
        <legend>{t('restore.into')}</legend>
        <label className="check">
          <input type="radio" checked={isNew} onChange={() => setNew(true)} />
          {t('restore.new')}
        </label>
        <label className="check">
          <input
            type="radio"
            checked={!isNew}
            disabled={volumes.length === 0}
            onChange={() => {
              setNew(false)
              setOldName((before) => before || (volumes[0]?.id ?? ''))
            }}
          />
          {t('restore.existing')}
        </label>
      </fieldset>
      {isNew ? (
        <NameField label={t('clone.name')} name={newName} onName={setNewName} />
      ) : (
        <>
          <label className="volume-field">
            <span>{t('restore.volume')}</span>
            <select
              className="field mono"
              value={oldName}
              onChange={(event) => setOldName(event.target.value)}
            >
              {volumes.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </select>
          </label>
          <p role="note">{t('restore.over')}</p>
          <WritersWarning name={oldName} />
        </>
      )}
      <p className="muted">{t('restore.hint')}</p>
    </CopyDialog>
  )
}
