import { Database, Folder, FolderOpen, MemoryStick } from 'lucide-react'
import { useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows as useEngineRows } from '../../app/endpoint'
import { Combobox } from '../../ui/combobox'
import { isReadOnly, joinVolume, splitVolume, withReadOnly } from '../form/row-texts'
import { useRunContext } from '../form/run-context'
import type { FlagRow } from '../form/run-form'
import { pickPath } from '../pick-path'
import { AddButton, Fault, ListField, RemoveButton, Section, useFault, useRows } from './fields'

/** Folders of the engine's machine, volumes, and memory, in the container's file system. */
export function Mounts() {
  const { t } = useTranslation('run')
  const { image, form } = useRunContext()
  const volumes = useRows('volumes')
  const tmpfs = useRows('tmpfs')
  const [isOver, setIsOver] = useState(false)
  const targets = new Set(volumes.rows.map(({ text }) => splitVolume(text).target))
  const anonymous = (image?.volumes ?? []).filter((path) => !targets.has(path))

  function addBind(source: string): void {
    const name = source.split(/[/\\]/).findLast((part) => part !== '') ?? ''
    volumes.add(joinVolume({ source, target: `/${name}`, options: '' }))
  }

  async function pick(): Promise<void> {
    const path = await pickPath(t('mounts.pick'), 'folder')
    if (path !== undefined) addBind(path)
  }

  function drop(event: DragEvent): void {
    if (!event.dataTransfer.types.includes('Files')) return
    // Here it is a mount, and not the window's build.
    event.preventDefault()
    event.stopPropagation()
    setIsOver(false)
    const [file] = event.dataTransfer.files
    const path = file ? window.portolan.pathOf(file) : ''
    if (path !== '') addBind(path)
  }

  return (
    <div
      className={isOver ? 'run-drop run-drop-over' : 'run-drop'}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        event.stopPropagation()
        setIsOver(true)
      }}
      onDragEnter={(event) => event.stopPropagation()}
      onDragLeave={(event) => {
        event.stopPropagation()
        setIsOver(false)
      }}
      onDrop={drop}
    >
      <Section title={t('sections.mounts')} fields={['volumes', 'mounts', 'tmpfs']} open>
        {volumes.rows.map((row) => (
          <VolumeRow
            key={row.id}
            row={row}
            onText={(text) => volumes.change(row, text)}
            onRemove={() => volumes.remove(row)}
          />
        ))}
        {tmpfs.rows.map((row) => (
          <TmpfsRow
            key={row.id}
            row={row}
            onText={(text) => tmpfs.change(row, text)}
            onRemove={() => tmpfs.remove(row)}
          />
        ))}
        {(form.lists.mounts ?? []).length > 0 && <ListField field="mounts" label="--mount" />}
        {anonymous.map((path) => (
          <div className="run-row run-inherited" key={path}>
            <code>{path}</code>
            <small className="muted">{t('mounts.anonymous')}</small>
            <AddButton label={t('mounts.name')} onAdd={() => volumes.add(`:${path}`)} />
          </div>
        ))}
        <div className="run-adds">
          <AddButton label={t('mounts.addFolder')} onAdd={() => void pick()} />
          <AddButton label={t('mounts.addVolume')} onAdd={() => volumes.add('')} />
          <AddButton label={t('mounts.addTmpfs')} onAdd={() => tmpfs.add('')} />
          <small className="muted">{t('mounts.drop')}</small>
        </div>
      </Section>
    </div>
  )
}

interface RowProps {
  readonly row: FlagRow
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}

function VolumeRow({ row, onText, onRemove }: RowProps) {
  const { t } = useTranslation('run')
  const volumes = useEngineRows('volumes')
  const parts = splitVolume(row.text)
  const isBad = useFault('volumes', row.id)
  const isPath = /^[/.~]/.test(parts.source)
  const Icon = isPath ? Folder : Database
  const isNew = parts.source !== '' && !isPath && !volumes.some(({ id }) => id === parts.source)
  return (
    <div className="run-row">
      <Icon size={13} className="muted" aria-hidden />
      <Combobox
        className="mono run-grow"
        label={t('mounts.source')}
        placeholder={t('mounts.sourcePlaceholder')}
        value={parts.source}
        isInvalid={isBad}
        autoFocus={row.text === ''}
        choices={volumes.map(({ id }) => ({ value: id, detail: t('mounts.volume') }))}
        onValue={(source) => onText(joinVolume({ ...parts, source }))}
      />
      <button
        type="button"
        className="icon-button"
        aria-label={t('mounts.browse')}
        title={t('mounts.browse')}
        onClick={() =>
          void pickPath(t('mounts.pick'), 'folder').then(
            (source) => source !== undefined && onText(joinVolume({ ...parts, source }))
          )
        }
      >
        <FolderOpen size={13} aria-hidden />
      </button>
      <span className="muted" aria-hidden>
        →
      </span>
      <input
        className="field mono run-grow"
        aria-label={t('mounts.target')}
        placeholder="/data"
        value={parts.target}
        aria-invalid={isBad}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(joinVolume({ ...parts, target: event.target.value }))}
      />
      <label className="check run-ro">
        <input
          type="checkbox"
          checked={isReadOnly(parts.options)}
          onChange={(event) =>
            onText(
              joinVolume({ ...parts, options: withReadOnly(parts.options, event.target.checked) })
            )
          }
        />
        <span title={t('mounts.readOnly')}>ro</span>
      </label>
      <RemoveButton
        label={t('removeRow', { what: row.text || t('mounts.one') })}
        onRemove={onRemove}
      />
      <Fault field="volumes" rowId={row.id} />
      {isNew && !isBad && <small className="muted run-note">{t('mounts.newVolume')}</small>}
    </div>
  )
}

function TmpfsRow({ row, onText, onRemove }: RowProps) {
  const { t } = useTranslation('run')
  const at = row.text.indexOf(':')
  const target = at < 0 ? row.text : row.text.slice(0, at)
  const options = at < 0 ? '' : row.text.slice(at + 1)
  const isBad = useFault('tmpfs', row.id)
  const join = (path: string, rest: string): string => (rest === '' ? path : `${path}:${rest}`)
  return (
    <div className="run-row">
      <MemoryStick size={13} className="muted" aria-hidden />
      <span className="muted">tmpfs →</span>
      <input
        className="field mono run-grow"
        aria-label={t('mounts.target')}
        placeholder="/tmp"
        value={target}
        autoFocus={row.text === ''}
        aria-invalid={isBad}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(join(event.target.value, options))}
      />
      <input
        className="field mono run-grow"
        aria-label={t('mounts.options')}
        placeholder="size=64m"
        value={options}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(join(target, event.target.value))}
      />
      <RemoveButton label={t('removeRow', { what: row.text || 'tmpfs' })} onRemove={onRemove} />
      <Fault field="tmpfs" rowId={row.id} />
    </div>
  )
}
