import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Container } from '../../shared/containers/model'
import { isContainerName } from '../../shared/containers/name'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { ContainerStateText } from './container-state'
import './dialogs.css'

/** Gives a container another name; says at once what is wrong with it, and who has it. */
export function RenameDialog(props: {
  readonly container: Container
  readonly onClose: () => void
}) {
  const { container, onClose } = props
  const { t } = useTranslation(['containers', 'app'])
  const [name, setName] = useState(container.name)
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const owner = useRows('containers').find((row) => row.name === name && row.id !== container.id)
  const isWrong = name !== '' && !isContainerName(name)
  const canRename = !busy && isContainerName(name) && name !== container.name && !owner

  async function rename(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canRename) return
    setBusy(true)
    setError(undefined)
    try {
      const { endpointId, id } = container
      await call('containers.rename', { endpointId, containerId: id, name })
      onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('rename.title', { name: container.name })} onClose={onClose}>
      <form onSubmit={(event) => void rename(event)}>
        <div className="dialog-body">
          <label className="dialog-field">
            <span>{t('rename.name')}</span>
            <input
              className="field mono"
              value={name}
              maxLength={255}
              spellCheck={false}
              aria-invalid={isWrong || owner !== undefined}
              aria-describedby="rename-fault"
              // The dialog is about nothing else.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              onFocus={(event) => event.target.select()}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <p id="rename-fault" role="status" className="dialog-fault">
            {isWrong && t('rename.wrong')}
            {owner && (
              <>
                {t('rename.taken', { name: owner.name })} <ContainerStateText container={owner} />
              </>
            )}
          </p>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {t('app:cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canRename}>
            {t('actions.rename')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
