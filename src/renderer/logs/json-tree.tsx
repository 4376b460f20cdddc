import { stripAnsi } from '../ui/ansi'

/** Levels that are open at first. */
const OPEN_LEVELS = 3
/** Members of one object or array that are drawn; the rest is counted. */
const MOST_MEMBERS = 500

/** The JSON that a line is; undefined for one that is none, or only a word or a number. */
export function jsonOf(text: string): object | undefined {
  const trimmed = stripAnsi(text).trim()
  if (!looksLikeJson(trimmed)) return undefined
  try {
    const value: unknown = JSON.parse(trimmed)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether it is worth to parse it. */
export function looksLikeJson(text: string): boolean {
  return /^\s*(\{\s*"|\[).*[}\]]\s*$/s.test(text)
}

/** A JSON value, its members folded and unfolded. */
export function JsonTree({
  value,
  level = 0
}: {
  readonly value: unknown
  readonly level?: number
}) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} />
  const members = Object.entries(value)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (members.length === 0) return <span className="json-mark">{`${open}${close}`}</span>
  return (
    <details className="json-node" open={level < OPEN_LEVELS}>
      <summary>
        <span className="json-mark">{open}</span>
        <span className="json-count">{members.length}</span>
        <span className="json-mark">{close}</span>
      </summary>
      <ul>
        {members.slice(0, MOST_MEMBERS).map(([name, member]) => (
          <li key={name}>
            <span className="json-name">{name}</span>
            <span className="json-mark">: </span>
            <JsonTree value={member} level={level + 1} />
          </li>
        ))}
        {members.length > MOST_MEMBERS && <li>… {members.length - MOST_MEMBERS}</li>}
      </ul>
    </details>
  )
}

function Leaf({ value }: { readonly value: unknown }) {
  const kind = value === null ? 'null' : typeof value
  return <span className={`json-${kind}`}>{JSON.stringify(value)}</span>
}
