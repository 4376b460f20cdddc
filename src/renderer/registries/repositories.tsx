import { RotateCw } from 'lucide-react'
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { tryParseReference } from '../../shared/images/reference'
import { HUB } from '../../shared/registries/domain'
import { LogInOffer } from '../app/log-in-offer'
import { call, errorOf } from '../bridge/client'
import { DataTable, type Column } from '../ui/data-table'
import { ErrorBox } from '../ui/error-box'
import { matchesText } from '../ui/match'
import { NOTHING_SELECTED, selectRow } from '../ui/table-selection'
import { showRegistry } from './registries-store'

/** A registry's repositories, page by page; one that is not listed is opened by its name. */
export function Repositories({
  endpointId,
  domain,
  path
}: {
  readonly endpointId: string
  readonly domain: string
  readonly path: string | undefined
}) {
  const { t } = useTranslation('registries')
  const [text, setText] = useState('')
  const { names, next, error, isBusy, load } = useRepositories(endpointId, domain)
  const shown = useMemo(() => names.filter((name) => matchesText(name, text)), [names, text])
  const columns = useMemo<readonly Column<string>[]>(
    () => [
      {
        id: 'name',
        header: t('repositories.title'),
        width: 'minmax(0, 1fr)',
        cell: (name) => (
          <span className="mono" title={name}>
            {name}
          </span>
        )
      }
    ],
    [t]
  )
  const typed = typedPath(domain, text)

  function open(event: FormEvent): void {
    event.preventDefault()
    if (typed !== undefined) showRegistry(domain, typed)
  }

  return (
    <section className="repositories" aria-label={t('repositories.of', { domain })}>
      <form onSubmit={open}>
        <input
          className="field mono"
          value={text}
          aria-label={t('repositories.open')}
          placeholder={t('repositories.placeholder')}
          spellCheck={false}
          maxLength={255}
          aria-invalid={text !== '' && typed === undefined}
          onChange={(event) => setText(event.target.value.trim())}
        />
      </form>
      {error && domain === HUB ? (
        <p className="registries-note muted">{t('repositories.hub')}</p>
      ) : (
        error && (
          <div className="registries-fault">
            <ErrorBox error={error} />
            <LogInOffer error={error} onDone={() => void load()} />
            {error.logInAt === undefined && error.retryable && (
              <button type="button" className="button" onClick={() => void load()}>
                <RotateCw size={14} aria-hidden />
                {t('again')}
              </button>
            )}
          </div>
        )
      )}
      {!error && (
        <DataTable
          label={t('repositories.title')}
          rows={shown}
          columns={columns}
          rowKey={same}
          rowName={same}
          selection={
            path === undefined ? NOTHING_SELECTED : selectRow(NOTHING_SELECTED, [], path, 'alone')
          }
          onSelection={({ current }) => current !== undefined && showRegistry(domain, current)}
          empty={
            <p>{t(isBusy ? 'loading' : text ? 'repositories.noMatch' : 'repositories.none')}</p>
          }
        />
      )}
      {next !== undefined && (
        <button type="button" className="button" disabled={isBusy} onClick={() => void load(next)}>
          {t('repositories.more')}
        </button>
      )}
    </section>
  )
}

function same(name: string): string {
  return name
}

/** The repository that the text names; of Docker Hub a single word is one of Docker's own. */
function typedPath(domain: string, text: string): string | undefined {
  const parsed = tryParseReference(domain === HUB ? text : `${domain}/${text}`)
  return parsed?.domain === domain && parsed.tag === undefined && parsed.digest === undefined
    ? parsed.path
    : undefined
}

function useRepositories(endpointId: string, domain: string) {
  const [names, setNames] = useState<readonly string[]>([])
  const [next, setNext] = useState<string>()
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setBusy] = useState(true)

  async function load(after?: string, signal?: AbortSignal): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      const page = await call('registries.repositories', {
        endpointId,
        domain,
        ...(after !== undefined && { after })
      })
      if (signal?.aborted) return
      setNames((before) => [...(after === undefined ? [] : before), ...page.names])
      setNext(page.next)
    } catch (thrown) {
      if (!signal?.aborted) setError(errorOf(thrown))
    } finally {
      if (!signal?.aborted) setBusy(false)
    }
  }

  useEffect(() => {
    const gone = new AbortController()
    void load(undefined, gone.signal)
    return () => gone.abort()
    // `load` is another function at every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [endpointId, domain])
  return { names, next, error, isBusy, load }
}
