import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TagList } from '../../../shared/registries/model'

/** Tags drawn at most: whoever wants another types more of it. */
const SHOWN = 200

/** The tags that a registry has of a repository, as far as they match what is typed. */
export function TagPicks({
  list,
  typed,
  onChoose
}: {
  readonly list: TagList
  /** The tag in the field; all are shown where it is one of them. */
  readonly typed: string
  readonly onChoose: (tag: string) => void
}) {
  const { t } = useTranslation('images')
  const shown = useMemo(() => {
    if (typed === '' || list.tags.includes(typed)) return list.tags
    return list.tags.filter((tag) => tag.toLowerCase().includes(typed.toLowerCase()))
  }, [list, typed])
  return (
    <div className="tag-picks-box">
      <small className="muted" role="status">
        {t(list.isCut ? 'tags.countCut' : 'tags.count', { count: list.tags.length })}
        {shown.length > SHOWN && ` ${t('tags.typeMore', { shown: SHOWN })}`}
      </small>
      <ul className="pull-tags" aria-label={t('tags.label')}>
        {shown.slice(0, SHOWN).map((tag) => (
          <li key={tag}>
            <button
              type="button"
              className="chip mono"
              aria-pressed={tag === typed}
              onClick={() => onChoose(tag)}
            >
              {tag}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
