import { Archive, Copy, Download, FolderDown, FolderOpen } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ByteText, FileEntry } from '../../shared/files/model'
import { joinPath } from '../../shared/files/paths'
import { call } from '../bridge/client'
import type { Action } from '../ui/action'
import { notify } from '../ui/notices'
import { nameText } from '../ui/byte-names'
import type { Transfers } from './use-transfers'

/** What can be done with names of a folder. The engine's API removes and renames nothing: that is a shell's work. */
export function useFileActions(
  folder: ByteText,
  transfers: Transfers,
  onOpen: (entry: FileEntry) => void
): readonly Action<FileEntry>[] {
  const { t } = useTranslation('files')
  return useMemo(() => {
    const pathsOf = (entries: readonly FileEntry[]): ByteText[] =>
      entries.map(({ name }) => joinPath(folder, name))
    const actions: Action<FileEntry>[] = [
      {
        id: 'open',
        label: t('open'),
        icon: FolderOpen,
        isFor: ({ kind }) => kind === 'folder' || kind === 'link',
        run: ([first]) => first && onOpen(first)
      },
      {
        id: 'download',
        label: t('download'),
        icon: Download,
        isFor: ({ kind }) => kind === 'file' || kind === 'link',
        run: (entries) =>
          transfers.download(pathsOf(entries), entries.length > 1 ? 'folder' : 'file')
      },
      {
        id: 'download-folder',
        label: t('downloadInto'),
        hint: t('downloadIntoHint'),
        icon: FolderDown,
        isFor: ({ kind }) => kind === 'folder',
        run: (entries) => transfers.download(pathsOf(entries), 'folder')
      },
      {
        id: 'download-tar',
        label: t('downloadTar'),
        hint: t('downloadTarHint'),
        icon: Archive,
        isFor: ({ kind }) => kind === 'folder',
        run: (entries) => transfers.download(pathsOf(entries.slice(0, 1)), 'tar')
      },
      {
        id: 'copy-path',
        label: t('copyPath'),
        icon: Copy,
        isFor: () => true,
        run: (entries) => {
          const text = pathsOf(entries).map(nameText).join('\n')
          call('app.copyText', { text }).catch((thrown: unknown) => notify(t('copyPath'), thrown))
        }
      }
    ]
    return actions
  }, [t, folder, transfers, onOpen])
}
