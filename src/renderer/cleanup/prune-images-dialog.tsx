import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { formatCommand } from '../../shared/command/quote'
import { cleanupCommands } from '../../shared/cleanup/command'
import {
  ownBytes,
  referencesOf,
  unusedImages,
  type ImagesRemoval,
  type ImageUse
} from '../../shared/cleanup/model'
import { shortId } from '../../shared/images/model'
import { call, errorOf } from '../bridge/client'
import { Age } from '../ui/age'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { Failures } from './failures'
import { readUsage, useUsage } from './usage-store'
import './disk.css'

const WAYS = ['dangling', 'unused'] as const

/** The images that no container is made from, with what each would free; what is ticked goes, and nothing else. */
export function PruneImagesDialog(props: {
  readonly endpointId: string
  readonly onClose: () => void
}) {
  const { endpointId, onClose } = props
  const { t } = useTranslation('cleanup')
  const { t: app } = useTranslation('app')
  const { usage, isReading, error: readError } = useUsage()
  const [which, setWhich] = useState<(typeof WAYS)[number]>('dangling')
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [failed, setFailed] = useState<ImagesRemoval['failed']>([])
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => void readUsage(endpointId), [endpointId])
  // What was counted before is not offered: a container may have been made since.
  const found = usage && !isReading ? unusedImages(usage, which) : []
  const picked = found.filter(({ id }) => !kept.has(id))
  const bytes = picked.reduce((sum, image) => sum + ownBytes(image), 0)
  const references = picked.flatMap(referencesOf)

  async function prune(): Promise<void> {
    setIsBusy(true)
    setError(undefined)
    try {
      const removal = await call('cleanup.removeImages', { endpointId, references, force: false })
      setFailed(removal.failed)
      void readUsage(endpointId)
      if (removal.failed.length === 0) onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setIsBusy(false)
    }
  }

  function toggle({ id }: ImageUse): void {
    const next = new Set(kept)
    if (!next.delete(id)) next.add(id)
    setKept(next)
  }

  return (
    <Dialog title={t('prune.title')} wide onClose={onClose}>
      <div className="dialog-body">
        <fieldset className="prune-ways">
          <legend className="visually-hidden">{t('prune.which')}</legend>
          {WAYS.map((each) => (
            <label key={each} className="check">
              <input
                type="radio"
                name="which"
                checked={which === each}
                onChange={() => setWhich(each)}
              />
              <span>
                {t(`prune.${each}`)} <span className="muted">{t(`prune.${each}Hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {isReading && <p role="status">{t('reading')}</p>}
        {!isReading && usage && found.length === 0 && <p>{t(`prune.none.${which}`)}</p>}
        {found.length > 0 && (
          <>
            <ul className="prune-list" aria-label={t('prune.title')}>
              {found.map((image) => (
                <li key={image.id}>
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={!kept.has(image.id)}
                      onChange={() => toggle(image)}
                    />
                    <span className="mono">
                      {image.tags.length > 0 ? image.tags.join(', ') : shortId(image.id)}
                    </span>
                  </label>
                  <span>
                    {formatBytes(ownBytes(image))}{' '}
                    <span className="muted">
                      {t('prune.ofTotal', { bytes: formatBytes(image.sizeBytes) })} ·{' '}
                      <Age sinceMs={image.createdAtMs} />
                    </span>
                  </span>
                </li>
              ))}
            </ul>
            <p role="status">
              {t('prune.frees', { count: picked.length, bytes: formatBytes(bytes) })}
            </p>
          </>
        )}
        {references.length > 0 && (
          <div className="prune-command">
            <output className="mono selectable" aria-label={t('command')}>
              {formatCommand(cleanupCommands.removeImages(references, false))}
            </output>
            <CopyButton
              text={formatCommand(cleanupCommands.removeImages(references, false))}
              label={app('copyCommand')}
            />
          </div>
        )}
        <Failures failed={failed} />
      </div>
      {(error ?? readError) && <ErrorBox error={(error ?? readError) as ErrorData} />}
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={onClose}>
          {app('cancel')}
        </button>
        <button
          type="button"
          className="button button-danger"
          disabled={picked.length === 0 || isBusy || isReading}
          onClick={() => void prune()}
        >
          {t('prune.verb', { count: picked.length })}
        </button>
      </footer>
    </Dialog>
  )
}
