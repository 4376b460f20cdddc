import { ArrowDownToLine } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import type { ErrorData } from '../../../shared/bridge/errors'
import { formatCommand } from '../../../shared/command/quote'
import { imageCommands } from '../../../shared/images/command'
import { tryParseReference } from '../../../shared/images/reference'
import { openTask } from '../../app/dock-store'
import { useEndpoint } from '../../app/endpoint'
import { call, errorOf } from '../../bridge/client'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import './pull.css'

const usePullDialog = create<{ readonly reference: string | undefined }>(() => ({
  reference: undefined
}))

/** Asks which image to fetch. */
export function openPull(reference = ''): void {
  usePullDialog.setState({ reference })
}

function close(): void {
  usePullDialog.setState({ reference: undefined })
}

/** The place of the dialog; one in the window. */
export function PullHost() {
  const { reference } = usePullDialog()
  return reference === undefined ? null : <PullDialog initial={reference} />
}

function PullDialog({ initial }: { readonly initial: string }) {
  const { t } = useTranslation('images')
  const { t: app } = useTranslation('app')
  const endpoint = useEndpoint()
  const [reference, setReference] = useState(initial)
  const [platform, setPlatform] = useState('')
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const isBad = reference !== '' && tryParseReference(reference) === undefined
  const canPull = reference !== '' && !isBad && !busy && endpoint?.status === 'connected'
  const line = formatCommand(imageCommands.pull(reference || 'IMAGE', platform))

  async function pull(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canPull || !endpoint) return
    setBusy(true)
    setError(undefined)
    try {
      const { taskId } = await call('images.pull', {
        endpointId: endpoint.id,
        reference,
        ...(platform && { platform })
      })
      openTask(taskId, reference)
      close()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('pull.title')} onClose={close}>
      <form className="pull-form" onSubmit={(event) => void pull(event)}>
        <div className="dialog-body">
          <label className="pull-field">
            <span>{t('pull.reference')}</span>
            <input
              className="field mono"
              value={reference}
              autoFocus
              spellCheck={false}
              autoComplete="off"
              placeholder="debian:12"
              maxLength={512}
              aria-invalid={isBad}
              onChange={(event) => setReference(event.target.value.trim())}
            />
          </label>
          <label className="pull-field">
            <span>{t('pull.platform')}</span>
            <input
              className="field mono"
              value={platform}
              spellCheck={false}
              autoComplete="off"
              placeholder={t('pull.platformPlaceholder')}
              maxLength={64}
              onChange={(event) => setPlatform(event.target.value.trim())}
            />
          </label>
          <small className="muted" role="status">
            {t(isBad ? 'pull.badReference' : 'pull.hint')}
          </small>
          <div className="pull-command">
            <output className="mono selectable">{line}</output>
            <CopyButton text={line} label={app('copyCommand')} />
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canPull}>
            <ArrowDownToLine size={14} aria-hidden />
            {t('actions.pull')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
