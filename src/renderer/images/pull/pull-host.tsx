import { ArrowDownToLine, ListTree, LoaderCircle, Search } from 'lucide-react'
import { useId, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import type { ErrorData } from '../../../shared/bridge/errors'
import { formatCommand } from '../../../shared/command/quote'
import { imageCommands } from '../../../shared/images/command'
import { familiarName, tryParseReference } from '../../../shared/images/reference'
import type { HubHit, ManifestFacts, TagList } from '../../../shared/registries/model'
import { openTask } from '../../app/dock-store'
import { useEndpoint } from '../../app/endpoint'
import { LogInOffer } from '../../app/log-in-offer'
import { call, errorOf } from '../../bridge/client'
import { Combobox } from '../../ui/combobox'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { formatBytes } from '../../ui/format'
import { HubHits } from './hub-hits'
import { TagPicks } from './tag-picks'
import { useAnswer } from '../../bridge/use-answer'
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

/** What most engines run; any other can be typed. */
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/riscv64']

function PullDialog({ initial }: { readonly initial: string }) {
  const { t } = useTranslation('images')
  const { t: app } = useTranslation('app')
  const id = useId()
  const endpoint = useEndpoint()
  const [reference, setReference] = useState(initial)
  const [platform, setPlatform] = useState('')
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const hits = useAnswer<readonly HubHit[]>()
  const tags = useAnswer<TagList>()
  const manifest = useAnswer<ManifestFacts>()
  /** The repository that the tags are of. */
  const [listed, setListed] = useState('')
  const parsed = tryParseReference(reference)
  const isBad = reference !== '' && parsed === undefined
  const isConnected = endpoint?.status === 'connected'
  const isBadPlatform = platform !== '' && !/^[a-z0-9]+(\/[a-z0-9]+){0,2}$/.test(platform)
  const canPull = reference !== '' && !isBad && !isBadPlatform && !busy && isConnected
  const line = formatCommand(imageCommands.pull(reference || 'IMAGE', platform))
  const facts = manifest.answer.value

  async function pull(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canPull) return
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

  function type(text: string): void {
    setReference(text)
    manifest.forget()
    const typed = tryParseReference(text)
    if (typed && familiarName(typed) !== listed) tags.forget()
  }

  function search(): void {
    if (!endpoint) return
    const { id: endpointId } = endpoint
    void hits.ask(() => call('registries.search', { endpointId, term: reference }))
  }

  function listTags(text: string): void {
    const asked = tryParseReference(text)
    if (!asked || !endpoint) return
    setListed(familiarName(asked))
    const { domain, path } = asked
    void tags.ask(() => call('registries.tags', { endpointId: endpoint.id, domain, path }))
  }

  function chooseHit(hit: string): void {
    type(hit)
    listTags(hit)
  }

  function chooseTag(tag: string): void {
    setReference(`${listed}:${tag}`)
    const asked = tryParseReference(listed)
    if (!asked || !endpoint) return
    const { domain, path } = asked
    void manifest.ask(() =>
      call('registries.manifest', { endpointId: endpoint.id, domain, path, reference: tag })
    )
  }

  return (
    <Dialog title={t('pull.title')} wide onClose={close}>
      <form className="pull-form" onSubmit={(event) => void pull(event)}>
        <div className="dialog-body">
          <div className="pull-field">
            <label htmlFor={`${id}-image`}>{t('pull.reference')}</label>
            <input
              id={`${id}-image`}
              className="field mono"
              value={reference}
              autoFocus
              spellCheck={false}
              autoComplete="off"
              placeholder="debian:12"
              maxLength={512}
              aria-invalid={isBad}
              onChange={(event) => type(event.target.value.trim())}
            />
            <span className="pull-asks">
              <button
                type="button"
                className="button"
                disabled={reference === '' || !isConnected || hits.answer.isBusy}
                onClick={search}
              >
                <Busy isBusy={hits.answer.isBusy} icon={Search} />
                {t('search.hub')}
              </button>
              <button
                type="button"
                className="button"
                disabled={!parsed || !isConnected || tags.answer.isBusy}
                onClick={() => listTags(reference)}
              >
                <Busy isBusy={tags.answer.isBusy} icon={ListTree} />
                {t('tags.show')}
              </button>
            </span>
          </div>
          <small className="muted" role="status">
            {t(isBad ? 'pull.badReference' : 'pull.hint')}
          </small>
          {hits.answer.value && (
            <HubHits
              hits={hits.answer.value}
              chosen={parsed ? familiarName(parsed) : ''}
              onChoose={chooseHit}
            />
          )}
          {hits.answer.error && (
            <>
              <ErrorBox error={hits.answer.error} />
              <p>{t('search.unreachable')}</p>
            </>
          )}
          {tags.answer.value && (
            <TagPicks list={tags.answer.value} typed={parsed?.tag ?? ''} onChoose={chooseTag} />
          )}
          {tags.answer.error && (
            <div>
              <ErrorBox error={tags.answer.error} />
              <LogInOffer error={tags.answer.error} onDone={() => listTags(reference)} />
            </div>
          )}
          {facts && (
            <p className="muted" role="status">
              {[
                facts.sizeBytes !== undefined &&
                  t('tags.size', { size: formatBytes(facts.sizeBytes) }),
                facts.platforms.length > 0 && facts.platforms.join(', ')
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          )}
          <div className="pull-field">
            <label htmlFor={`${id}-platform`}>{t('pull.platform')}</label>
            <Combobox
              id={`${id}-platform`}
              label={t('pull.platform')}
              value={platform}
              isInvalid={isBadPlatform}
              placeholder={t('pull.platformPlaceholder')}
              choices={(facts?.platforms.length ? facts.platforms : PLATFORMS).map((value) => ({
                value
              }))}
              onValue={(value) => setPlatform(value.trim())}
            />
          </div>
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

function Busy({ isBusy, icon: Icon }: { readonly isBusy: boolean; readonly icon: typeof Search }) {
  return isBusy ? (
    <LoaderCircle size={14} className="spin" aria-hidden />
  ) : (
    <Icon size={14} aria-hidden />
  )
}
