import { Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { TagSharers } from '../../shared/registries/model'
import { LogInOffer } from '../app/log-in-offer'
import { call, errorOf } from '../bridge/client'
import { openStream } from '../bridge/stream'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import type { TagRow } from './tags'

/** Tags named at most; the others are counted. */
const NAMED = 50

/** Finds out what goes with a tag before it is deleted: a registry deletes what a tag stands for, under all its tags. */
export function DeleteTagDialog({
  repository,
  row,
  onClose,
  onDone
}: {
  readonly repository: { readonly domain: string; readonly path: string }
  readonly row: TagRow
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const { t } = useTranslation('registries')
  const { t: app } = useTranslation('app')
  const { domain, path } = repository
  const { endpointId, id: tag } = row
  const { progress, sharers, fault } = useSharers({ endpointId, domain, path, tag })
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const shown = error ?? fault
  const count = (sharers?.tags.length ?? 0) + 1

  async function remove(): Promise<void> {
    if (!sharers) return
    setBusy(true)
    setError(undefined)
    try {
      const { digest } = sharers
      await call('registries.deleteManifest', { endpointId, domain, path, digest })
      onDone()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('delete.title', { name: row.reference })} onClose={onClose}>
      <div className="dialog-body">
        <p>{t('delete.words', { domain })}</p>
        {!sharers && !shown && (
          <>
            <p role="status">{t('delete.looking', { ...progress })}</p>
            <progress
              aria-label={t('delete.looking', { ...progress })}
              {...(progress.total > 0 && { value: progress.done, max: progress.total })}
            />
          </>
        )}
        {sharers && (
          <>
            <p role="status">{t('delete.sharers', { count: sharers.tags.length })}</p>
            {sharers.tags.length > 0 && (
              <ul className="mono registries-sharers">
                {sharers.tags.slice(0, NAMED).map((each) => (
                  <li key={each}>{each}</li>
                ))}
                {sharers.tags.length > NAMED && <li>…</li>}
              </ul>
            )}
            {sharers.isCut && <p>{t('delete.cut')}</p>}
            <code className="muted">{sharers.digest}</code>
          </>
        )}
      </div>
      {shown && <ErrorBox error={shown} />}
      {shown && (
        <div className="registries-offer">
          <LogInOffer error={shown} onDone={onClose} />
        </div>
      )}
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={onClose}>
          {app('cancel')}
        </button>
        <button
          type="button"
          className="button button-danger"
          disabled={!sharers || busy}
          onClick={() => void remove()}
        >
          <Trash2 size={14} aria-hidden />
          {t('delete.verb', { count })}
        </button>
      </footer>
    </Dialog>
  )
}

function useSharers(input: {
  readonly endpointId: string
  readonly domain: string
  readonly path: string
  readonly tag: string
}) {
  const [progress, setProgress] = useState({ done: 0, total: 0 })
  const [sharers, setSharers] = useState<TagSharers>()
  const [fault, setFault] = useState<ErrorData>()
  const { endpointId, domain, path, tag } = input
  useEffect(() => {
    const client = openStream('registries.sharers', { endpointId, domain, path, tag }, 16, {
      onData: (message) => {
        client.grant(1)
        setProgress(message)
      },
      onEnd: setSharers,
      onError: setFault
    })
    return () => client.close()
  }, [endpointId, domain, path, tag])
  return { progress, sharers, fault }
}
