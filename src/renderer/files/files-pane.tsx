import { useCallback, useMemo, useState, type DragEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FIRST_BUDGET_BYTES, type ByteText, type FileEntry } from '../../shared/files/model'
import { baseOf, joinPath, parentOf } from '../../shared/files/paths'
import { call } from '../bridge/client'
import { DataTable } from '../ui/data-table'
import { notify } from '../ui/notices'
import { RowMenu } from '../ui/row-menu'
import { NOTHING_SELECTED, type Selection } from '../ui/table-selection'
import { CopyInTarget } from './copy-in-target'
import { subjectIdOf, type FilePlace } from './file-place'
import { useFileActions } from './file-actions'
import { useFileColumns } from './file-columns'
import { FolderStatus } from './folder-status'
import { nameText } from '../ui/byte-names'
import { PathBar } from './path-bar'
import { setPath, usePlace } from './place-store'
import { SidePane } from './side-pane'
import { TransferStrip } from './transfer-strip'
import { useFolder } from './use-folder'
import { useTransfers } from './use-transfers'
import './files.css'

/** Words that go into an element's id. */
function keyOf({ name }: FileEntry): string {
  return encodeURIComponent(name)
}

function nameOf({ name }: FileEntry): string {
  return nameText(name)
}

/** The files of a container or a volume. `version`: changes whenever the folder must be read again. */
export function FilesPane(props: { readonly place: FilePlace; readonly version: string }) {
  const { place } = props
  const { t } = useTranslation('files')
  const { key, endpointId, holder } = place
  const path = usePlace(({ paths }) => paths[key] ?? '/')
  const [round, setRound] = useState(0)
  const [budgetBytes, setBudget] = useState(FIRST_BUDGET_BYTES)
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED)
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number }>()
  const folder = useFolder(place, path, budgetBytes, `${props.version} ${round}`)
  const transfers = useTransfers(place)
  const refresh = useCallback(() => setRound((now) => now + 1), [])

  const go = useCallback(
    (to: ByteText, select?: ByteText) => {
      setPath(key, to)
      setBudget(FIRST_BUDGET_BYTES)
      const current = select === undefined ? undefined : encodeURIComponent(select)
      setSelection(
        current === undefined
          ? NOTHING_SELECTED
          : { keys: new Set([current]), anchor: current, current }
      )
    },
    [key]
  )
  /** Goes where a path leads: into a folder, or to a file in its folder. */
  const follow = useCallback(
    (to: ByteText) => {
      call('files.stat', { endpointId, holder, path: to }).then(
        (found) =>
          found.kind === 'folder' ? go(found.path) : go(parentOf(found.path), baseOf(found.path)),
        (thrown: unknown) => notify(t('openFailed', { path: nameText(to) }), thrown)
      )
    },
    [endpointId, holder, go, t]
  )
  const open = useCallback(
    (entry: FileEntry) => {
      const to = joinPath(path, entry.name)
      if (entry.kind === 'folder') go(to)
      else if (entry.kind === 'link') follow(to)
    },
    [path, go, follow]
  )
  const up = (): void => go(parentOf(path), baseOf(path))
  const selected = useMemo(
    () => folder.entries.filter((entry) => selection.keys.has(keyOf(entry))),
    [folder.entries, selection]
  )
  const drag = useCallback(
    (entry: FileEntry, event: DragEvent) => {
      event.preventDefault()
      const dragged = selected.includes(entry) ? selected : [entry]
      transfers.dragOut(dragged.map(({ name }) => joinPath(path, name)))
    },
    [selected, path, transfers]
  )
  const actions = useFileActions(path, transfers, open)
  const columns = useFileColumns(drag)
  const [only] = selected.length === 1 ? selected : []

  function handleKey(event: KeyboardEvent): void {
    const isUp = event.key === 'ArrowUp' && event.altKey
    const isTyping = event.target instanceof Element && event.target.closest('input, textarea')
    if (!isUp && (event.key !== 'Backspace' || isTyping)) return
    event.preventDefault()
    event.stopPropagation()
    if (path !== '/') up()
  }

  return (
    // Keys that go up, wherever the focus is in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="files" onKeyDownCapture={handleKey}>
      <PathBar
        path={path}
        onPath={go}
        onTyped={follow}
        onRefresh={refresh}
        onUpload={(what) => transfers.chooseUpload(path, what)}
      />
      <TransferStrip subjectId={subjectIdOf(place)} onUploaded={refresh} />
      <div className="files-body">
        <CopyInTarget
          place={`${place.name}:${nameText(path)}`}
          onDrop={(localPaths) => void transfers.upload(path, localPaths)}
        >
          <FolderStatus
            folder={folder}
            onMore={() => setBudget(budgetBytes * 8)}
            onUp={up}
            onRefresh={refresh}
          />
          <DataTable
            label={t('table', { path: nameText(path) })}
            rows={folder.entries}
            columns={columns}
            rowKey={keyOf}
            rowName={nameOf}
            selection={selection}
            onSelection={setSelection}
            initialSort={{ columnId: 'name', descending: false }}
            onOpen={open}
            onMenu={(row, at) => {
              if (!selection.keys.has(keyOf(row))) {
                const current = keyOf(row)
                setSelection({ keys: new Set([current]), anchor: current, current })
              }
              setMenu(at)
            }}
            empty={
              folder.end?.complete && (
                <>
                  <h2>{t('empty')}</h2>
                  <p>{t('emptyHint')}</p>
                </>
              )
            }
          />
        </CopyInTarget>
        {only && (
          <section className="files-side" aria-label={nameText(only.name)}>
            <SidePane
              key={`${path} ${only.name}`}
              place={place}
              entry={only}
              path={joinPath(path, only.name)}
              onSaved={refresh}
              onDownload={() => transfers.download([joinPath(path, only.name)], 'file')}
            />
          </section>
        )}
      </div>
      {menu && (
        <RowMenu
          label={t('actions')}
          at={menu}
          rows={selected}
          actions={actions}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  )
}
