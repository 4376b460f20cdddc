import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSecret } from '../../shared/containers/secret'
import { CopyButton } from './copy-button'
import './overview.css'

/** As long for every secret: its length is nobody's affair either. */
const MASK = '••••••••'

/** An environment; what looks like a secret is masked until it is asked for. */
export function EnvList({ env }: { readonly env: readonly string[] }) {
  const { t } = useTranslation('app')
  const [revealed, setRevealed] = useState(false)
  const variables = env.map(split)
  const hasSecrets = variables.some(({ name, value }) => isSecret(name, value))
  const Icon = revealed ? EyeOff : Eye
  return (
    <section aria-label={t('details.env')}>
      <h3>
        {t('details.env')}
        {hasSecrets && (
          <button
            type="button"
            className="icon-button"
            aria-label={t('details.reveal')}
            title={t('details.reveal')}
            aria-pressed={revealed}
            onClick={() => setRevealed(!revealed)}
          >
            <Icon size={14} aria-hidden />
          </button>
        )}
      </h3>
      <ul className="overview-list mono">
        {variables.map(({ name, value }) => (
          <li key={name}>
            <span className="overview-value">
              <span className="muted">{name}=</span>
              {!revealed && isSecret(name, value) ? MASK : value}
            </span>
            <CopyButton text={value} label={t('details.copyValue', { name })} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function split(line: string): { readonly name: string; readonly value: string } {
  const at = line.indexOf('=')
  return at < 0 ? { name: line, value: '' } : { name: line.slice(0, at), value: line.slice(at + 1) }
}
