import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import { networkCommands } from '../../../shared/networks/command'
import { networkHandle, networkLabel } from '../../../shared/networks/model'
import { useRows } from '../../app/endpoint'
import { call, errorOf } from '../../bridge/client'
import { Age } from '../../ui/age'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { dismissFailure } from '../attach'
import { CommandLine } from './fields'
import { prunable, type Prunable } from './prunable'

/**
 * The networks that nothing runs on, each to be kept by a click. One that a stopped container wants at its next start is kept unless
 * it is picked: that container could not be started any more.
 */
export function PruneDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const networks = useRows('networks')
  const found = prunable(networks, useRows('containers'))
  const [picks, setPicks] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  const isPicked = ({ network, waiting }: Prunable): boolean =>
    picks.get(network.id) ?? waiting.length === 0
  const picked = found.filter(isPicked).map(({ network }) => network)
  const [first] = picked

  async function prune(): Promise<void> {
    if (!first) return
    setIsBusy(true)
    setError(undefined)
    dismissFailure()
    try {
      await call('networks.removeMany', {
        endpointId: first.endpointId,
        networkIds: picked.map(({ id }) => id)
      })
      onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setIsBusy(false)
    }
  }

  return (
    <Dialog title={t('prune.title')} wide onClose={onClose}>
      <div className="dialog-body">
        <p>{t(found.length === 0 ? 'prune.nothing' : 'prune.intro')}</p>
        {found.length > 0 && (
          <ul className="network-prune" aria-label={t('prune.title')}>
            {found.map((each) => (
              <li key={each.network.id}>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={isPicked(each)}
                    onChange={(event) =>
                      setPicks(new Map(picks).set(each.network.id, event.target.checked))
                    }
                  />
                  <span>
                    <strong>{networkLabel(each.network, networks)}</strong>{' '}
                    <span className="muted">
                      {[
                        each.network.driver,
                        ...each.network.ranges.map(({ subnet }) => subnet)
                      ].join(' · ')}
                    </span>
                    {each.waiting.length > 0 && (
                      <small className="network-warning">
                        {t('prune.waiting', {
                          count: each.waiting.length,
                          names: each.waiting.map(({ name }) => name).join(', ')
                        })}
                      </small>
                    )}
                  </span>
                </label>
                <span className="muted">
                  <Age sinceMs={each.network.createdAtMs} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer network-footer">
        {first ? (
          <CommandLine
            argv={networkCommands.remove(
              ...picked.map((network) => networkHandle(network, networks))
            )}
          />
        ) : (
          <span className="spacer" />
        )}
        <button type="button" className="button" onClick={onClose}>
          {words(found.length === 0 ? 'close' : 'cancel')}
        </button>
        {found.length > 0 && (
          <button
            type="button"
            className="button button-danger"
            disabled={!first || isBusy}
            onClick={() => void prune()}
          >
            {t('prune.verb', { count: picked.length })}
          </button>
        )}
      </footer>
    </Dialog>
  )
}
