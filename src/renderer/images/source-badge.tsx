import { BadgeCheck, Database, HardDrive, User, type LucideIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { TagSource } from '../../shared/images/source'
import './images.css'

const ICONS: Readonly<Record<TagSource['kind'], LucideIcon>> = {
  official: BadgeCheck,
  user: User,
  registry: Database,
  local: HardDrive
}

/** Where a tag comes from: a shape, and a word or the owner's name. */
export function SourceBadge(props: {
  readonly source: TagSource
  /** The shape alone: where several stand in little room. */
  readonly isSmall?: boolean
}) {
  const { source, isSmall = false } = props
  const { t } = useTranslation('images')
  const Icon = ICONS[source.kind]
  const { owner } = source
  return (
    <span
      className={`source-badge source-badge-${source.kind}`}
      title={t(`sources.${source.kind}Hint`, { owner })}
    >
      <Icon size={12} aria-hidden />
      <span className={isSmall ? 'visually-hidden' : undefined}>
        {owner === '' ? t(`sources.${source.kind}`) : owner}
      </span>
      {owner !== '' && <span className="visually-hidden">{t(`sources.${source.kind}`)}</span>}
    </span>
  )
}
