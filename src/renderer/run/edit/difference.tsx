import { useTranslation } from 'react-i18next'
import { isSecretVariable } from '../../../shared/run/secret'
import { splitPair } from '../form/row-texts'
import { MASK } from '../form/secrets'
import type { SpecChange } from './spec-diff'

/** What would be otherwise, and how: in place, or by a new container. */
export function Difference({ changes }: { readonly changes: readonly SpecChange[] }) {
  const { t } = useTranslation('run')
  if (changes.length === 0) return <p className="muted edit-none">{t('edit.nothing')}</p>
  return (
    <ul className="edit-changes" aria-label={t('edit.changes')}>
      {changes.map((change) => (
        <li key={change.what}>
          <code className="edit-what">
            {change.what === 'image' || change.what === 'command' ? t(change.what) : change.what}
          </code>
          <span className="edit-values">
            {change.gone.map((text) => (
              <del key={text}>{shown(change.what, text)}</del>
            ))}
            {change.come.map((text) => (
              <ins key={text}>{shown(change.what, text)}</ins>
            ))}
          </span>
          <small className={change.isLive ? 'edit-live' : 'muted'}>
            {t(change.isLive ? 'edit.live' : 'edit.anew')}
          </small>
        </li>
      ))}
    </ul>
  )
}

function shown(what: string, text: string): string {
  if (what !== '--env') return text
  const { name, value } = splitPair(text)
  return value !== undefined && isSecretVariable(name, value) ? `${name}=${MASK}` : text
}
