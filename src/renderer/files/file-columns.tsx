import { Cable, File, FileSymlink, Folder, HardDrive, Plug } from 'lucide-react'
import { useMemo, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileEntry, FileKind } from '../../shared/files/model'
import type { Column } from '../ui/data-table'
import { formatBytes, formatTime } from '../ui/format'
import { modeText } from '../ui/mode-text'
import { nameText } from '../ui/byte-names'

const ICONS: Readonly<Record<FileKind, typeof File>> = {
  file: File,
  folder: Folder,
  link: FileSymlink,
  device: HardDrive,
  pipe: Cable,
  socket: Plug
}

/** The columns of a folder; a name can be dragged out of the window. */
export function useFileColumns(
  onDrag: (entry: FileEntry, event: DragEvent) => void
): readonly Column<FileEntry>[] {
  const { t, i18n } = useTranslation('files')
  return useMemo<readonly Column<FileEntry>[]>(
    () => [
      {
        id: 'name',
        header: t('columns.name'),
        width: 'minmax(150px, 3fr)',
        // Folders before files: a mark that is sorted before every letter.
        sortBy: (row) => `${row.kind === 'folder' ? '!' : '~'}${nameText(row.name)}`,
        cell: (row) => <Name entry={row} onDrag={onDrag} />
      },
      {
        id: 'size',
        header: t('columns.size'),
        width: '72px',
        sortBy: (row) => (row.kind === 'file' ? row.sizeBytes : -1),
        cell: (row) => (row.kind === 'file' ? formatBytes(row.sizeBytes) : ''),
        align: 'end'
      },
      {
        id: 'modified',
        header: t('columns.modified'),
        width: '128px',
        sortBy: (row) => row.modifiedAtMs,
        cell: (row) => (
          <time title={formatTime(row.modifiedAtMs, i18n.language)}>
            {shortTime(row.modifiedAtMs)}
          </time>
        )
      },
      {
        id: 'mode',
        header: t('columns.mode'),
        width: '84px',
        sortBy: (row) => row.mode,
        cell: (row) => (
          <span className="mono" title={row.mode.toString(8).padStart(4, '0')}>
            {modeText(row.kind, row.mode)}
          </span>
        )
      },
      {
        id: 'owner',
        header: t('columns.owner'),
        width: 'minmax(80px, 1fr)',
        sortBy: ownerText,
        cell: (row) => <span title={`${row.uid}:${row.gid}`}>{ownerText(row)}</span>
      }
    ],
    [t, i18n.language, onDrag]
  )
}

function Name(props: {
  readonly entry: FileEntry
  readonly onDrag: (entry: FileEntry, event: DragEvent) => void
}) {
  const { entry } = props
  const Icon = ICONS[entry.kind]
  const name = nameText(entry.name)
  const target = entry.linkTarget === undefined ? '' : ` → ${nameText(entry.linkTarget)}`
  return (
    <span
      className="files-name"
      title={`${name}${target}`}
      draggable
      onDragStart={(event) => props.onDrag(entry, event)}
    >
      <Icon size={14} aria-hidden data-kind={entry.kind} />
      <span>{name}</span>
      {target !== '' && <span className="muted">{target}</span>}
    </span>
  )
}

function ownerText({ owner, group, uid, gid }: FileEntry): string {
  return `${owner ?? uid}:${group ?? gid}`
}

/** Year to minute, the same width for every row. */
function shortTime(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
