import { Cable, Play, SquareTerminal } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCommand } from '../../shared/command/quote'
import type { Container } from '../../shared/containers/model'
import { shellCommand } from '../../shared/exec/command'
import type { ShellChoice } from '../../shared/exec/model'
import type { ContainerTabProps } from '../app/container-tabs'
import { openAttach, openShell } from '../app/dock-store'
import { SessionList } from './session-list'
import './terminal-tab.css'

const FIELDS = ['shell', 'user', 'folder', 'command'] as const
type Field = (typeof FIELDS)[number]

const SHELLS = ['bash', 'ash', 'sh', 'zsh', 'fish']

/** Opens terminals in a container, as whom and where one likes, and lists those that there are. */
export function TerminalTab({ container }: ContainerTabProps) {
  return (
    <div className="terminal-tab">
      {container.state === 'running' ? (
        <OpenForm container={container} />
      ) : (
        <NotRunning container={container} />
      )}
      <SessionList container={container} />
    </div>
  )
}

function OpenForm({ container }: ContainerTabProps) {
  const { t } = useTranslation('exec')
  const [fields, setFields] = useState<Record<Field, string>>({
    shell: '',
    user: '',
    folder: '',
    command: ''
  })
  const choice = choiceOf(fields)
  function open(event: FormEvent): void {
    event.preventDefault()
    openShell(container, choice)
  }
  return (
    <form className="terminal-form" aria-label={t('tab.openTitle')} onSubmit={open}>
      {FIELDS.map((field) => (
        <label key={field} className="terminal-field">
          <span>{t(`tab.${field}`)}</span>
          <input
            className="field"
            value={fields[field]}
            placeholder={t(`tab.${field}Any`)}
            spellCheck={false}
            list={field === 'shell' ? 'terminal-shells' : undefined}
            pattern={PATTERNS[field]}
            onChange={(event) => setFields({ ...fields, [field]: event.target.value })}
          />
        </label>
      ))}
      <datalist id="terminal-shells">
        {SHELLS.map((shell) => (
          <option key={shell} value={shell}>
            {shell}
          </option>
        ))}
      </datalist>
      <code className="terminal-line">
        {formatCommand(shellCommand({ ...choice, container: container.name }))}
      </code>
      <div className="terminal-buttons">
        <button type="submit" className="button button-primary">
          <SquareTerminal size={14} aria-hidden />
          {t('tab.open')}
        </button>
        <button
          type="button"
          className="button"
          title={t('tab.attachHint')}
          onClick={() => openAttach(container)}
        >
          <Cable size={14} aria-hidden />
          {t('tab.attach')}
        </button>
      </div>
    </form>
  )
}

/** What main would refuse, refused where it is typed. */
const PATTERNS: Partial<Record<Field, string>> = {
  shell: '[^\\-].{0,254}',
  user: '[a-zA-Z0-9_][a-zA-Z0-9_.\\-]{0,127}(:[a-zA-Z0-9_][a-zA-Z0-9_.\\-]{0,127})?',
  folder: '/.{0,4095}'
}

function choiceOf({ shell, user, folder, command }: Record<Field, string>): ShellChoice {
  return {
    ...(shell !== '' && { shell }),
    ...(user !== '' && { user }),
    ...(folder !== '' && { workingDir: folder }),
    ...(command !== '' && { command })
  }
}

function NotRunning({ container }: { readonly container: Container }) {
  const { t } = useTranslation('exec')
  const { name, state } = container
  if (state === 'paused') return <p className="terminal-note">{t('tab.paused', { name })}</p>
  const canStart = state === 'created' || state === 'exited'
  return (
    <div className="terminal-form">
      <p className="terminal-note">{t('tab.cannotRun', { name })}</p>
      {canStart && (
        <div className="terminal-buttons">
          <button
            type="button"
            className="button"
            onClick={() => openAttach(container, { start: true })}
          >
            <Play size={14} aria-hidden />
            {t('tab.startAttached')}
          </button>
        </div>
      )}
    </div>
  )
}
