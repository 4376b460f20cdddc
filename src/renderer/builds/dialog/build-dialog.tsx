import { Hammer, LoaderCircle, RotateCw } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { buildCommand } from '../../../shared/builds/command'
import type { ErrorData } from '../../../shared/bridge/errors'
import { openWatch } from '../../app/dock-store'
import { useEndpoint } from '../../app/endpoint'
import { errorOf } from '../../bridge/client'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { closeOffer, type Offer } from '../build-store'
import { startBuild } from '../start-build'
import { BuildFields } from './build-fields'
import {
  faultOfForm,
  fitForm,
  initialForm,
  parseTags,
  toOptions,
  type BuildFolder,
  type BuildForm
} from './build-form'
import { ContextFacts } from './context-facts'
import { MoreFields } from './more-fields'
import type { CountWish } from './use-inspection'
import { FolderWarnings } from './folder-warnings'

/** A folder with a Dockerfile: how to build it, and what would be sent. Enter builds. */
export function BuildDialog(props: {
  readonly folder: BuildFolder
  readonly offer: Offer
  /** Asks for the folder to be counted as a Dockerfile and a builder would see it. */
  readonly onWish: (wish: CountWish) => void
  readonly onLookAgain: () => void
}) {
  const { t } = useTranslation('builds')
  const { t: app } = useTranslation('app')
  const { folder } = props
  const endpoint = useEndpoint()
  const [filled, setForm] = useState(() => initialForm(folder, props.offer))
  const form = fitForm(folder, filled)
  const [busy, setBusy] = useState(false)
  const [isWatched, setWatched] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const options = toOptions(folder, form)
  const command = buildCommand(options)
  const refusal = useRefusal(folder, form.dockerfile, endpoint?.status === 'connected')
  const canBuild =
    !busy &&
    refusal === undefined &&
    parseTags(form.tags).fault === undefined &&
    faultOfForm(form) === undefined

  function changeForm(next: BuildForm): void {
    setForm(next)
    if (next.dockerfile === form.dockerfile && next.builder === form.builder) return
    const { dockerfile, builder } = next
    props.onWish({ dockerfile, ...(builder !== 'automatic' && { builder }) })
  }

  async function build(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canBuild || !endpoint) return
    setBusy(true)
    setError(undefined)
    try {
      if (isWatched) openWatch(endpoint.id, options)
      else await startBuild(endpoint.id, options)
      closeOffer()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('dialogTitle', { name: folder.name })} wide onClose={closeOffer}>
      <form className="build-form" onSubmit={(event) => void build(event)}>
        <div className="dialog-body build-dialog-body">
          <div className="build-path">
            <code>{folder.path}</code>
            <button
              type="button"
              className="icon-button"
              aria-label={t('lookAgain')}
              title={t('lookAgain')}
              onClick={props.onLookAgain}
            >
              <RotateCw size={14} aria-hidden />
            </button>
          </div>
          <div className="build-columns">
            <BuildFields
              folder={folder}
              form={form}
              onForm={changeForm}
              onLookAgain={props.onLookAgain}
            />
            <ContextFacts folder={folder} form={form} />
          </div>
          <label className="check">
            <input
              type="checkbox"
              checked={isWatched}
              onChange={(event) => setWatched(event.target.checked)}
            />
            {t('watch')}
          </label>
          <MoreFields form={form} onForm={changeForm} />
          <FolderWarnings folder={folder} />
          {error && <ErrorBox error={error} />}
        </div>
        <div className="build-command">
          <output className="mono selectable" aria-label={t('command')}>
            {command}
          </output>
          <CopyButton text={command} label={app('copyCommand')} />
        </div>
        <footer className="dialog-footer">
          {refusal !== undefined && (
            <span className="build-refusal" role="status">
              {refusal}
            </span>
          )}
          <button type="button" className="button" onClick={closeOffer}>
            {app('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canBuild}>
            {busy ? (
              <LoaderCircle size={14} className="spin" aria-hidden />
            ) : (
              <Hammer size={14} aria-hidden />
            )}
            {t('build')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

/** Why the folder cannot be built as it is; the engine, or our own packing, would refuse it later. */
function useRefusal(
  folder: BuildFolder,
  dockerfile: string,
  isConnected: boolean
): string | undefined {
  const { t } = useTranslation('builds')
  if (!isConnected) return t('refusals.noEngine')
  if (folder.unreadable.length > 0) {
    return t('refusals.unreadable', { count: folder.unreadable.length })
  }
  if (folder.dockerfiles.find(({ path }) => path === dockerfile)?.problem !== undefined) {
    return t('refusals.dockerfile')
  }
  return undefined
}
