import { ArrowUp, FolderUp, HardDriveUpload, PencilLine, RotateCw } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ByteText } from '../../shared/files/model'
import { cleanPath, joinPath, parentOf } from '../../shared/files/paths'
import { nameFromText, nameText } from '../ui/byte-names'

/** Where one is: each folder above by a click, the path itself by typing, and what is done with the folder. */
export function PathBar(props: {
  readonly path: ByteText
  readonly onPath: (path: ByteText) => void
  /** A path that was typed: a folder, or a file. */
  readonly onTyped: (path: ByteText) => void
  readonly onRefresh: () => void
  readonly onUpload: (what: 'files' | 'folders') => void
}) {
  const { t } = useTranslation('files')
  const [typing, setTyping] = useState(false)
  return (
    <div className="files-bar">
      <IconButton
        label={t('up')}
        icon={ArrowUp}
        disabled={props.path === '/'}
        onClick={() => props.onPath(parentOf(props.path))}
      />
      {typing ? (
        <PathInput
          path={props.path}
          onDone={(typed) => {
            setTyping(false)
            if (typed !== undefined) props.onTyped(typed)
          }}
        />
      ) : (
        <Crumbs path={props.path} onPath={props.onPath} />
      )}
      <IconButton label={t('editPath')} icon={PencilLine} onClick={() => setTyping(!typing)} />
      <IconButton label={t('refresh')} icon={RotateCw} onClick={props.onRefresh} />
      <IconButton
        label={t('uploadFiles')}
        icon={HardDriveUpload}
        onClick={() => props.onUpload('files')}
      />
      <IconButton
        label={t('uploadFolder')}
        icon={FolderUp}
        onClick={() => props.onUpload('folders')}
      />
    </div>
  )
}

function IconButton(props: {
  readonly label: string
  readonly icon: typeof ArrowUp
  readonly disabled?: boolean
  readonly onClick: () => void
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <props.icon size={14} aria-hidden />
    </button>
  )
}

function Crumbs(props: { readonly path: ByteText; readonly onPath: (path: ByteText) => void }) {
  const { t } = useTranslation('files')
  const end = useRef<HTMLButtonElement>(null)
  const names = props.path.split('/').filter(Boolean)
  const steps = names.map((name, at) => ({ name, path: `/${names.slice(0, at + 1).join('/')}` }))
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest', inline: 'end' }), [props.path])
  return (
    <nav className="files-crumbs" aria-label={t('path')}>
      {[{ name: '', path: '/' }, ...steps].map(({ name, path }, at) => (
        <button
          key={path}
          ref={at === steps.length ? end : undefined}
          type="button"
          className="mono"
          aria-label={path === '/' ? '/' : nameText(name)}
          aria-current={at === steps.length ? 'location' : undefined}
          onClick={() => props.onPath(path)}
        >
          {at < 2 ? '' : '/'}
          {path === '/' ? '/' : nameText(name)}
        </button>
      ))}
    </nav>
  )
}

function PathInput(props: {
  readonly path: ByteText
  readonly onDone: (typed: ByteText | undefined) => void
}) {
  const { t } = useTranslation('files')
  const [text, setText] = useState(nameText(props.path))
  function submit(event: FormEvent): void {
    event.preventDefault()
    // Untouched it may not be UTF-8, which typing cannot say.
    if (text === '' || text === nameText(props.path)) return props.onDone(undefined)
    const typed = nameFromText(text)
    props.onDone(cleanPath(typed.startsWith('/') ? typed : joinPath(props.path, typed)))
  }
  return (
    <form className="files-path-form" onSubmit={submit}>
      <input
        className="field mono"
        aria-label={t('path')}
        value={text}
        autoFocus
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.onDone(undefined)}
        onBlur={() => props.onDone(undefined)}
      />
    </form>
  )
}
