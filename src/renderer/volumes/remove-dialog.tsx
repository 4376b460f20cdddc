import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { FIRST_BUDGET_BYTES } from '../../shared/files/model'
import type { Volume } from '../../shared/volumes/model'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { Facts } from '../ui/inspector'
import { ContentsText, NewestFile } from './contents-text'
import { LastUse } from './last-use'
import { shownName } from './names'
import { useContents } from './use-contents'
import { useLastUses } from './use-last-uses'
import { useVolumeUsers } from './volume-users'

/** Says what a volume holds and who used it, and removes it once its name is typed. */
export function RemoveVolumeDialog(props: {
  readonly volume: Volume
  readonly onClose: () => void
}) {
  const { volume, onClose } = props
  const { endpointId, id: name } = volume
  const { t } = useTranslation(['volumes', 'app'])
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const users = useVolumeUsers().get(name) ?? []
  const isGone = !useRows('volumes').some(({ id }) => id === name)
  const contents = useContents(endpointId, name, FIRST_BUDGET_BYTES)
  const lastUse = useLastUses(endpointId, name)[name]
  // Of a name that nobody gave, its beginning as it is shown.
  const wanted = shownName(volume).replace('…', '')
  const canRemove = !busy && users.length === 0 && (typed === wanted || typed === name)

  async function remove(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canRemove) return
    setBusy(true)
    setError(undefined)
    try {
      await call('volumes.remove', { endpointId, name })
      onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('remove.title', { name: shownName(volume) })} onClose={onClose}>
      <form className="volume-form" onSubmit={(event) => void remove(event)}>
        <div className="dialog-body">
          <p>{t('remove.hint')}</p>
          <Facts
            facts={[
              [t('remove.holds'), <ContentsText key="holds" reading={contents} />],
              [t('remove.newest'), <NewestFile key="newest" reading={contents} />],
              [
                t('columns.usedBy'),
                users.length > 0
                  ? users.map(({ container, destination }) => (
                      <div key={`${container.id} ${destination}`}>
                        <strong>{container.name}</strong>{' '}
                        <span className="muted">{t(`states.${container.state}`)}</span>{' '}
                        <code>{destination}</code>
                      </div>
                    ))
                  : t('remove.nobody')
              ],
              [t('remove.lastUse'), users.length === 0 && <LastUse key="last" use={lastUse} />]
            ]}
          />
          {users.length > 0 ? (
            <p className="volume-fault" role="alert">
              {t('remove.inUse')}
            </p>
          ) : (
            <label className="volume-field">
              <span>{t('remove.type', { name: wanted })}</span>
              <input
                className="field mono"
                value={typed}
                autoFocus
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setTyped(event.target.value)}
              />
            </label>
          )}
          {isGone && !busy && <p role="status">{t('remove.gone')}</p>}
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {t('app:cancel')}
          </button>
          <button type="submit" className="button button-danger" disabled={!canRemove}>
            {t('remove.do')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
