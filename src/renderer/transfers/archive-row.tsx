import { Archive } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '../ui/format'
import type { Looked } from './use-looks'

/** An archive's name, its size, and what it seems to hold. */
export function ArchiveRow({ looked: { path, look, error } }: { readonly looked: Looked }) {
  const { t } = useTranslation('transfers')
  const isBad = error !== undefined || look?.kind === 'folder' || look?.kind === 'no-archive'
  return (
    <li>
      <Archive size={15} aria-hidden />
      <span className="archive-path mono" title={path}>
        {path}
      </span>
      {look && 'sizeBytes' in look && (
        <span className="archive-size muted">{formatBytes(look.sizeBytes)}</span>
      )}
      <small className={isBad ? 'archive-bad' : 'muted'} role="status">
        {error?.message ?? t(`kinds.${look?.kind ?? 'looking'}`)}
      </small>
    </li>
  )
}
