import { LogIn, LogOut, Warehouse } from 'lucide-react'
import { useMemo, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { tryParseReference } from '../../shared/images/reference'
import { HUB, tryParseDomain } from '../../shared/registries/domain'
import type { RegistryLogin } from '../../shared/registries/model'
import { useEndpoint, useRows } from '../app/endpoint'
import { openLogIn, readLogins, useLogins } from '../app/logins-store'
import { call } from '../bridge/client'
import { confirm } from '../ui/confirm'
import { ErrorBox } from '../ui/error-box'
import { Repositories } from './repositories'
import { showRegistry, useRegistries } from './registries-store'
import { Tags } from './tags'
import './registries.css'

/** Registries: who is logged in where, their repositories, and the tags of one. Nothing is asked before one is chosen. */
export function RegistriesView() {
  const { t } = useTranslation('registries')
  const endpoint = useEndpoint()
  const { logins, error } = useLogins(endpoint?.id)
  const { domain, path } = useRegistries()
  const login = logins.logins.find((each) => each.domain === domain)
  // Another log-in may see other things.
  const version = `${domain} ${login?.username ?? ''}`
  return (
    <>
      <div className="view-head">
        <h1>{t('title')}</h1>
        <Choices logins={logins.logins} chosen={domain} />
        <OpenField />
        <span className="spacer" />
        {domain !== undefined && endpoint && (
          <LogInState endpointId={endpoint.id} domain={domain} login={login} />
        )}
      </div>
      {error && <ErrorBox error={error} />}
      {domain === undefined || !endpoint ? (
        <section className="registries-empty" aria-label={t('title')}>
          <Warehouse size={44} strokeWidth={1.4} aria-hidden />
          <h2>{t('empty')}</h2>
          <p>{t('emptyHint')}</p>
          <button type="button" className="button" onClick={() => openLogIn()}>
            <LogIn size={14} aria-hidden />
            {t('logIn.any')}
          </button>
        </section>
      ) : (
        <div className="view-body registries-body">
          <Repositories key={version} endpointId={endpoint.id} domain={domain} path={path} />
          {path === undefined ? (
            <p className="registries-note muted">{t('tags.choose')}</p>
          ) : (
            <section className="registries-tags" aria-label={t('tags.of', { name: path })}>
              <Tags
                key={`${version} ${path}`}
                endpointId={endpoint.id}
                domain={domain}
                path={path}
              />
            </section>
          )}
        </div>
      )}
    </>
  )
}

/** Docker Hub, where somebody is logged in, where images of the engine come from, and what was opened. */
function Choices({
  logins,
  chosen
}: {
  readonly logins: readonly RegistryLogin[]
  readonly chosen: string | undefined
}) {
  const { t } = useTranslation('registries')
  const images = useRows('images')
  const { opened } = useRegistries()
  const domains = useMemo(() => {
    const ofImages = images.flatMap(({ tags }) =>
      tags.flatMap((tag) => tryParseReference(tag)?.domain ?? [])
    )
    const known = [HUB, ...logins.map(({ domain }) => domain), ...ofImages, ...opened]
    return [...new Set(known)].filter((domain) => tryParseDomain(domain) === domain)
  }, [images, logins, opened])
  return (
    <div className="registries-choices" role="group" aria-label={t('choices')}>
      {domains.map((domain) => (
        <button
          key={domain}
          type="button"
          className="chip"
          aria-pressed={domain === chosen}
          onClick={() => showRegistry(domain)}
        >
          {domain === HUB ? t('hub') : domain}
        </button>
      ))}
    </div>
  )
}

function OpenField() {
  const { t } = useTranslation('registries')
  const [text, setText] = useState('')
  const domain = tryParseDomain(text)
  function open(event: FormEvent): void {
    event.preventDefault()
    if (domain === undefined) return
    showRegistry(domain)
    setText('')
  }
  return (
    <form className="registries-open" onSubmit={open}>
      <input
        className="field mono"
        value={text}
        aria-label={t('open')}
        placeholder={t('openPlaceholder')}
        spellCheck={false}
        maxLength={260}
        aria-invalid={text !== '' && domain === undefined}
        title={text !== '' && domain === undefined ? t('logIn.badRegistry') : undefined}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}

function LogInState({
  endpointId,
  domain,
  login
}: {
  readonly endpointId: string
  readonly domain: string
  readonly login: RegistryLogin | undefined
}) {
  const { t } = useTranslation('registries')
  const name = domain === HUB ? t('hub') : domain
  if (!login) {
    return (
      <button type="button" className="button" onClick={() => openLogIn({ domain })}>
        <LogIn size={14} aria-hidden />
        {t('logIn.open', { domain: name })}
      </button>
    )
  }
  function logOut(): void {
    confirm({
      title: t('logOut.title', { domain: name }),
      body: <p>{t(login?.helper ? 'logOut.fromHelper' : 'logOut.fromFile', { ...login })}</p>,
      verb: t('logOut.verb'),
      act: async () => {
        await call('registries.logOut', { endpointId, domain })
        await readLogins(endpointId)
      }
    })
  }
  return (
    <>
      <span className="muted">{t('loggedInAs', { user: login.username || t('tokenUser') })}</span>
      <button type="button" className="button" onClick={logOut}>
        <LogOut size={14} aria-hidden />
        {t('logOut.verb')}
      </button>
    </>
  )
}
