import { Minus, PenLine, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { JsonDifference } from './json-diff'
import './json-tree.css'

const ICONS = { added: Plus, removed: Minus, changed: PenLine }

/** Where two values differ, place by place: a mark and a word for each kind, the left value over the right. */
export function JsonDifferences(props: {
  readonly label: string
  readonly differences: readonly JsonDifference[]
  readonly leftName: string
  readonly rightName: string
}) {
  const { t } = useTranslation('app')
  if (props.differences.length === 0) return <p className="json-same">{t('json.same')}</p>
  return (
    <ul className="json-differences" aria-label={props.label}>
      {props.differences.map(({ path, kind, left, right }) => {
        const Icon = ICONS[kind]
        return (
          <li key={path} className={`json-${kind}`}>
            <Icon size={13} role="img" aria-label={t(`json.${kind}`)} />
            <code>{path}</code>
            {kind !== 'added' && <Side name={props.leftName} value={left} />}
            {kind !== 'removed' && <Side name={props.rightName} value={right} />}
          </li>
        )
      })}
    </ul>
  )
}

function Side({ name, value }: { readonly name: string; readonly value: unknown }) {
  return (
    <div className="json-side">
      <span className="muted">{name}</span>
      <pre>{JSON.stringify(value, null, 1)}</pre>
    </div>
  )
}
