import { useEffect, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { create } from 'zustand'
import type { ErrorData } from '../../shared/bridge/errors'
import { cleanupCommands } from '../../shared/cleanup/command'
import type { Children, ImagesRemoval } from '../../shared/cleanup/model'
import { formatCommand } from '../../shared/command/quote'
import { isAlive, type Container } from '../../shared/containers/model'
import { imageName, type Image } from '../../shared/images/model'
import { rowKey } from '../../shared/state'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { announce } from '../ui/notices'
import { Failures } from './failures'

const useRemoval = create<{ images: readonly Image[] }>(() => ({ images: [] }))

/** Asks what of these images is to go. */
export function openRemoveImages(images: readonly Image[]): void {
  useRemoval.setState({ images })
}

/** The place of the dialog; one in the images' view and the palette's reach. */
export function RemoveImagesHost() {
  const { images } = useRemoval()
  if (images.length === 0) return null
  return <RemoveImagesDialog images={images} onClose={() => useRemoval.setState({ images: [] })} />
}

/** What is removed: whole images by id, or for one image with several tags the tags that were picked. */
function references(images: readonly Image[], pickedTags: ReadonlySet<string>): string[] {
  const [only] = images
  if (images.length === 1 && only && only.tags.length > 0) {
    return pickedTags.size === only.tags.length && only.tags.length > 1
      ? [only.id]
      : [...pickedTags]
  }
  return images.map((image) =>
    image.tags.length === 1 && image.tags[0] ? image.tags[0] : image.id
  )
}

function RemoveImagesDialog({
  images,
  onClose
}: {
  readonly images: readonly Image[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('images')
  const { t: words } = useTranslation('cleanup')
  const containers = useRows('containers')
  const [only] = images
  const tags = images.length === 1 && only ? only.tags : []
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(tags))
  const [force, setForce] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [failed, setFailed] = useState<ImagesRemoval['failed']>([])
  const [busy, setBusy] = useState(false)
  const children = useChildren(images, setError)
  const removed = references(images, picked)
  const ids = new Set(images.map(({ id }) => id))
  const users = containers.filter(({ imageId }) => ids.has(imageId))
  const onlyUntags = tags.length > 0 && picked.size < tags.length
  const needsForce =
    !onlyUntags && (users.length > 0 || images.some((image) => image.tags.length > 1))

  async function remove(): Promise<void> {
    if (!only) return
    setBusy(true)
    setError(undefined)
    try {
      const removal = await call('cleanup.removeImages', {
        endpointId: only.endpointId,
        references: removed,
        force: force && needsForce
      })
      const [failure, ...more] = removal.failed
      if (!onlyUntags && !failure && removal.deleted.length === 0) sayItStays(imageName(only))
      if (!failure) onClose()
      else if (removed.length === 1 && more.length === 0) setError(failure.error)
      else setFailed(removal.failed)
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  /** The engine took the name alone, and does not say why. */
  function sayItStays(name: string): void {
    announce({
      id: crypto.randomUUID(),
      title: t('staysTitle', { name }),
      body: <p>{t('staysBody')}</p>
    })
  }

  function toggle(tag: string): void {
    const next = new Set(picked)
    if (!next.delete(tag)) next.add(tag)
    setPicked(next)
  }

  return (
    <Dialog
      title={t('removeTitle', { count: images.length, name: only && imageName(only) })}
      onClose={onClose}
    >
      <div className="dialog-body">
        {images.length > 1 && (
          <ul className="mono">
            {images.map((image) => (
              <li key={rowKey(image)}>{imageName(image)}</li>
            ))}
          </ul>
        )}
        {tags.length > 1 && (
          <fieldset className="tag-picks">
            <legend>{t('removeTags')}</legend>
            {tags.map((tag) => (
              <label key={tag} className="check">
                <input type="checkbox" checked={picked.has(tag)} onChange={() => toggle(tag)} />
                <code>{tag}</code>
              </label>
            ))}
          </fieldset>
        )}
        <p>
          {onlyUntags
            ? t('onlyUntags', {
                count: tags.length - picked.size,
                names: tags.filter((tag) => !picked.has(tag)).join(', ')
              })
            : t('deletes', { count: images.length })}
        </p>
        {!onlyUntags && <UsedBy users={users} />}
        {!onlyUntags && <BuiltOn images={images} childrenOf={children} />}
        {needsForce && (
          <label className="check">
            <input
              type="checkbox"
              checked={force}
              onChange={(event) => setForce(event.target.checked)}
            />
            <span>
              {t('force')} <span className="muted">{t('forceHint')}</span>
            </span>
          </label>
        )}
        {removed.length > 0 && (
          <output className="mono selectable muted" aria-label={words('command')}>
            {formatCommand(cleanupCommands.removeImages(removed, force && needsForce))}
          </output>
        )}
        <Failures failed={failed} />
      </div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={onClose}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className="button button-danger"
          autoFocus
          disabled={busy || (tags.length > 0 && picked.size === 0)}
          onClick={() => void remove()}
        >
          {t(onlyUntags ? 'actions.untag' : 'actions.remove')}
        </button>
      </footer>
    </Dialog>
  )
}

/** The images that were built on these; nobody knows of any while the engine has not answered. */
function useChildren(images: readonly Image[], onError: (error: ErrorData) => void): Children {
  const [children, setChildren] = useState<Children>({})
  useEffect(() => {
    let isGone = false
    const [first] = images
    if (!first) return
    const imageIds = images.map(({ id }) => id)
    call('cleanup.children', { endpointId: first.endpointId, imageIds }).then(
      (found) => !isGone && setChildren(found),
      (thrown: unknown) => !isGone && onError(errorOf(thrown))
    )
    return () => {
      isGone = true
    }
  }, [images, onError])
  return children
}

/** Their layers stay as long as one of these is there. */
function BuiltOn({
  images,
  childrenOf
}: {
  readonly images: readonly Image[]
  readonly childrenOf: Children
}) {
  const { t } = useTranslation('cleanup')
  const gone = new Set(images.map(({ id }) => id))
  const found = images
    .flatMap(({ id }) => childrenOf[id] ?? [])
    .filter(
      (child, at, all) => !gone.has(child.id) && all.findIndex((c) => c.id === child.id) === at
    )
  if (found.length === 0) return null
  const names = found.map((child) => imageName(child)).join(', ')
  return <p>{t('children', { count: found.length, names })}</p>
}

function UsedBy({ users }: { readonly users: readonly Container[] }) {
  if (users.length === 0) {
    return (
      <p>
        <Trans ns="images" i18nKey="unused" />
      </p>
    )
  }
  const names = users.map(({ name }) => name).join(', ')
  const running = users.some(isAlive)
  return (
    <p>
      <Trans ns="images" i18nKey={running ? 'usedByRunning' : 'usedByStopped'} values={{ names }} />
    </p>
  )
}
