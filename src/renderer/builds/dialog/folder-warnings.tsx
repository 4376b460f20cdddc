import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FolderWarning } from '../../../shared/builds/model'
import { CopyButton } from '../../ui/copy-button'
import { formatBytes } from '../../ui/format'
import type { BuildFolder } from './build-form'

/** What a person should know of a folder before it is sent, each with the line of .dockerignore that would help. */
export function FolderWarnings({ folder }: { readonly folder: BuildFolder }) {
  const { t } = useTranslation('builds')
  const words = useWords(folder)
  if (folder.warnings.length === 0) return null
  return (
    <ul className="build-notes" aria-label={t('warnings')}>
      {folder.warnings.map((warning) => (
        <li key={`${warning.kind} ${warning.path ?? ''}`}>
          <TriangleAlert size={14} aria-hidden />
          <span>{words(warning)}</span>
          {warning.suggestedPattern !== undefined && (
            <span className="build-pattern">
              {t('addToIgnore')} <code>{warning.suggestedPattern}</code>
              <CopyButton
                text={warning.suggestedPattern}
                label={t('copyPattern', { pattern: warning.suggestedPattern })}
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function useWords(folder: BuildFolder): (warning: FolderWarning) => string {
  const { t } = useTranslation('builds')
  return ({ kind, path = '' }) => {
    switch (kind) {
      case 'large-context':
        return t('folderWarnings.large', { size: formatBytes(folder.context.sizeBytes) })
      case 'heavy-folder': {
        const entry = folder.context.biggestEntries.find((each) => each.path === path)
        return t('folderWarnings.heavy', { path, size: formatBytes(entry?.sizeBytes ?? 0) })
      }
      case 'possible-secret':
        return t('folderWarnings.secret', { path })
      case 'registry-syntax': {
        const syntax = folder.dockerfiles.find((each) => each.path === path)?.syntax
        return t('folderWarnings.syntax', { path, syntax })
      }
      case 'truncated':
        return t('folderWarnings.truncated')
    }
  }
}
