import { Eye, EyeOff, LogIn } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { formatCommand } from '../../shared/command/quote'
import { registryCommands } from '../../shared/registries/command'
import { HUB, tryParseDomain } from '../../shared/registries/domain'
import { useEndpoint } from '../app/endpoint'
import { readLogins, useLogins, useLoginsStore } from '../app/logins-store'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import './log-in.css'

function close(): void {
  useLoginsStore.setState({ request: undefined })
}

/** The place of the log-in dialog; one in the window. */
export function LogInHost() {
  const request = useLoginsStore((state) => state.request)
  if (!request) return null
  return (
    <LogInDialog
      key={request.domain ?? ''}
      given={request.domain}
      onDone={() => {
        close()
        request.onDone?.()
      }}
    />
  )
}

function LogInDialog({
  given,
  onDone
}: {
  readonly given: string | undefined
  readonly onDone: () => void
}) {
  const { t } = useTranslation('registries')
  const { t: app } = useTranslation('app')
  const endpoint = useEndpoint()
  const { logins } = useLogins(endpoint?.id)
  const id = useId()
  const [host, setHost] = useState(given === HUB ? '' : (given ?? ''))
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const domain = host === '' ? HUB : tryParseDomain(host)
  const known = logins.logins.find((login) => login.domain === domain)
  const isBadUser = /[\s:]/.test(username)
  const canLogIn =
    domain !== undefined &&
    username !== '' &&
    !isBadUser &&
    password !== '' &&
    !busy &&
    endpoint?.status === 'connected'
  const line = formatCommand(registryCommands.logIn(domain ?? host, username || 'USER'))

  async function logIn(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canLogIn) return
    setBusy(true)
    setError(undefined)
    try {
      await call('registries.logIn', { endpointId: endpoint.id, domain, username, password })
      await readLogins(endpoint.id)
      onDone()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('logIn.title')} onClose={close}>
      <form className="log-in-form" onSubmit={(event) => void logIn(event)}>
        <div className="dialog-body">
          <div className="log-in-fields">
            <label htmlFor={`${id}-host`}>{t('logIn.registry')}</label>
            <input
              id={`${id}-host`}
              className="field mono"
              value={host}
              autoFocus={given === undefined}
              readOnly={given !== undefined}
              spellCheck={false}
              autoComplete="off"
              placeholder={t('hub')}
              maxLength={260}
              aria-invalid={domain === undefined}
              onChange={(event) => setHost(event.target.value.trim())}
            />
            <label htmlFor={`${id}-user`}>{t('logIn.user')}</label>
            <input
              id={`${id}-user`}
              className="field mono"
              value={username}
              autoFocus={given !== undefined}
              spellCheck={false}
              autoComplete="off"
              placeholder={known?.username}
              maxLength={256}
              aria-invalid={isBadUser}
              onChange={(event) => setUsername(event.target.value)}
            />
            <label htmlFor={`${id}-password`}>{t('logIn.password')}</label>
            <span className="log-in-password">
              <input
                id={`${id}-password`}
                className="field mono"
                type={shown ? 'text' : 'password'}
                value={password}
                spellCheck={false}
                autoComplete="off"
                maxLength={65_536}
                onChange={(event) => setPassword(event.target.value)}
              />
              <button
                type="button"
                className="icon-button"
                aria-label={t(shown ? 'logIn.hide' : 'logIn.show')}
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
              >
                {shown ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
              </button>
            </span>
          </div>
          <small className="muted" role="status">
            {domain === undefined
              ? t('logIn.badRegistry')
              : isBadUser
                ? t('logIn.badUser')
                : known
                  ? t('logIn.isKnown', { user: known.username || t('tokenUser') })
                  : t('logIn.tokenHint')}
          </small>
          <small className="muted">
            {logins.helper
              ? t('logIn.keptByHelper', { helper: logins.helper })
              : t('logIn.keptInFile')}
          </small>
          <div className="log-in-command">
            <output className="mono selectable">{line}</output>
            <CopyButton text={line} label={app('copyCommand')} />
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={close}>
            {app('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canLogIn}>
            <LogIn size={14} aria-hidden />
            {t(busy ? 'logIn.busy' : 'logIn.verb')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
