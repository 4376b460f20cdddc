import { ArrowUpFromLine, Tag } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import { formatCommand } from '../../../shared/command/quote'
import { imageCommands } from '../../../shared/images/command'
import { imageName, type Image } from '../../../shared/images/model'
import { proposedNames, pushTarget, tagOf } from '../../../shared/images/target'
import type { RegistryLogin } from '../../../shared/registries/model'
import { openTask } from '../../app/dock-store'
import { useEndpoint, useRows } from '../../app/endpoint'
import { useLogins } from '../../app/logins-store'
import { call, errorOf } from '../../bridge/client'
import { Combobox, type Choice } from '../../ui/combobox'
import { CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { closePublish, usePublish, type PublishMode } from './publish-store'
import { TargetNote } from './target-note'
import './push.css'

/** The place of the dialog that tags and pushes; one in the window. */
export function PublishHost() {
  const { asked } = usePublish()
  return asked ? <WithLogins key={asked.image.id} {...asked} /> : null
}

interface Asked {
  readonly image: Image
  readonly mode: PublishMode
}

/** Its first proposal is a log-in's: those are read before it appears. */
function WithLogins(asked: Asked) {
  const { logins, isRead } = useLogins(asked.image.endpointId)
  return isRead ? <PublishDialog {...asked} logins={logins.logins} /> : null
}

function PublishDialog({
  image,
  mode,
  logins
}: Asked & { readonly logins: readonly RegistryLogin[] }) {
  const { t } = useTranslation('images')
  const { t: app } = useTranslation('app')
  const endpoint = useEndpoint()
  const images = useRows('images')
  const proposals = proposedNames(imageName(image), logins)
  const [name, setName] = useState(() => firstName(image, mode, logins, proposals))
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const tag = tagOf(name)
  const isOwn = tag !== undefined && image.tags.includes(tag)
  const loser = images.find(({ id, tags }) => id !== image.id && tags.includes(tag ?? ''))
  const canDo = tag !== undefined && !busy && endpoint?.status === 'connected'
  const source = image.tags[0] ?? image.id
  const commands = {
    tag: formatCommand(imageCommands.tag(source, tag ?? 'NAME')),
    push: formatCommand(imageCommands.push(tag ?? 'NAME'))
  }
  const lines =
    mode === 'tag' ? [commands.tag] : isOwn ? [commands.push] : [commands.tag, commands.push]

  async function publish(push: boolean): Promise<void> {
    if (!canDo) return
    setBusy(true)
    setError(undefined)
    try {
      const { endpointId } = image
      if (!isOwn) await call('images.tag', { endpointId, source, reference: tag })
      if (push) {
        const { taskId } = await call('images.push', { endpointId, reference: tag })
        openTask(taskId, tag)
      }
      closePublish()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (mode === 'push' || !isOwn) void publish(mode === 'push')
  }

  const tagButton = (
    <button
      key="tag"
      type={mode === 'tag' ? 'submit' : 'button'}
      className={mode === 'tag' ? 'button button-primary' : 'button'}
      disabled={!canDo || isOwn}
      onClick={mode === 'tag' ? undefined : () => void publish(false)}
    >
      <Tag size={14} aria-hidden />
      {t('publish.tag')}
    </button>
  )
  const pushButton = (
    <button
      key="push"
      type={mode === 'push' ? 'submit' : 'button'}
      className={mode === 'push' ? 'button button-primary' : 'button'}
      disabled={!canDo}
      onClick={mode === 'push' ? undefined : () => void publish(true)}
    >
      <ArrowUpFromLine size={14} aria-hidden />
      {t(isOwn ? 'publish.push' : 'publish.tagAndPush')}
    </button>
  )

  return (
    <Dialog
      title={t(mode === 'tag' ? 'publish.tagTitle' : 'publish.pushTitle', {
        name: imageName(image)
      })}
      onClose={closePublish}
    >
      <form className="publish-form" onSubmit={submit}>
        <div className="dialog-body">
          <Combobox
            label={t('publish.name')}
            value={name}
            onValue={(value) => setName(value.trim())}
            choices={choicesOf(image, proposals, t)}
            placeholder="login/name:tag"
            isInvalid={name !== '' && tag === undefined}
            autoFocus
          />
          <TargetNote target={pushTarget(name, logins)} name={name} isPush={mode === 'push'} />
          {isOwn && mode === 'tag' && <p className="muted">{t('publish.isOwn')}</p>}
          {loser && <p role="status">{t('publish.moves', { tag, name: loser.id.slice(7, 19) })}</p>}
          <div className="publish-command">
            <output className="mono selectable">{lines.join('\n')}</output>
            <CopyButton text={lines.join('\n')} label={app('copyCommand')} />
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={closePublish}>
            {t('cancel')}
          </button>
          {mode === 'tag' ? [pushButton, tagButton] : [tagButton, pushButton]}
        </footer>
      </form>
    </Dialog>
  )
}

/** For a push: a tag that can be pushed as it is, else the first proposal. For a tag: the first proposal that it does not have. */
function firstName(
  image: Image,
  mode: PublishMode,
  logins: readonly RegistryLogin[],
  proposals: readonly string[]
): string {
  const fresh = proposals.find((name) => !image.tags.includes(name))
  if (mode === 'tag') return fresh ?? image.tags[0] ?? ''
  const kinds = ['logged-in', 'registry']
  const ready = kinds.flatMap(
    (kind) => image.tags.find((tag) => pushTarget(tag, logins)?.kind === kind) ?? []
  )
  return ready[0] ?? fresh ?? image.tags[0] ?? ''
}

function choicesOf(
  image: Image,
  proposals: readonly string[],
  t: (key: 'publish.own' | 'publish.proposed') => string
): Choice[] {
  const own = image.tags.map((value) => ({ value, detail: t('publish.own') }))
  const fresh = proposals.filter((value) => !image.tags.includes(value))
  return [...fresh.map((value) => ({ value, detail: t('publish.proposed') })), ...own]
}
