import { CircleAlert, CircleCheck, Info, LogIn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PushTarget } from '../../../shared/images/target'
import { HUB } from '../../../shared/registries/domain'
import { openLogIn } from '../../app/logins-store'

/** Says where a name is pushed to, before it is; and offers a log-in where there is none. */
export function TargetNote({
  target,
  name,
  isPush
}: {
  readonly target: PushTarget | undefined
  readonly name: string
  readonly isPush: boolean
}) {
  const { t } = useTranslation('images')
  const { t: registries } = useTranslation('registries')
  if (!target) {
    return (
      <p className="target-note" role="status">
        <Info size={14} aria-hidden />
        <span>{t(name === '' ? 'publish.nameHint' : 'pull.badReference')}</span>
      </p>
    )
  }
  const isGood = target.kind === 'logged-in'
  const isBad = target.kind === 'official' || target.kind === 'other-user'
  const Icon = isGood ? CircleCheck : isBad && isPush ? CircleAlert : Info
  const domain = target.kind === 'registry' ? target.domain : HUB
  const hasNoLogIn =
    target.kind === 'registry' || (target.kind === 'other-user' && target.username === undefined)
  const title = domain === HUB ? registries('hub') : domain
  return (
    <div
      className={`target-note${isGood ? ' target-good' : isBad && isPush ? ' target-bad' : ''}`}
      role="status"
    >
      <Icon size={14} aria-hidden />
      <div>
        <span>{wordsOf(target, registries('hub'), t)}</span>
        {hasNoLogIn && (
          <button type="button" className="button" onClick={() => openLogIn({ domain })}>
            <LogIn size={14} aria-hidden />
            {registries('logIn.open', { domain: title })}
          </button>
        )}
      </div>
    </div>
  )
}

function wordsOf(
  target: PushTarget,
  hub: string,
  t: ReturnType<typeof useTranslation<'images'>>['t']
): string {
  switch (target.kind) {
    case 'logged-in':
      return t('publish.target.loggedIn', {
        domain: target.domain === HUB ? hub : target.domain,
        user: target.username
      })
    case 'registry':
      return t('publish.target.registry', { domain: target.domain })
    case 'official':
      return t('publish.target.official', { name: target.name })
    case 'other-user':
      return target.username === undefined
        ? t('publish.target.nobody', { first: target.first })
        : t('publish.target.otherUser', { first: target.first, user: target.username })
  }
}
