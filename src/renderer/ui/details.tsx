import './overview.css'

/** A program's arguments, each by itself: what is one argument is seen. */
export function Words({ argv }: { readonly argv: readonly string[] }) {
  return argv.map((word, at) => (
    // Words repeat, and their places do not change.
    // oxlint-disable-next-line react/no-array-index-key
    <code key={at} className="overview-word">
      {word === '' ? "''" : word}
    </code>
  ))
}

/** Labels by name, a section of an overview; nothing where there are none. */
export function Labels(props: {
  readonly title: string
  readonly labels: Readonly<Record<string, string>>
}) {
  const entries = Object.entries(props.labels).toSorted(([a], [b]) => a.localeCompare(b))
  if (entries.length === 0) return null
  return (
    <section aria-label={props.title}>
      <h3>{props.title}</h3>
      <ul className="overview-list mono">
        {entries.map(([key, value]) => (
          <li key={key}>
            <span className="overview-value">
              <span className="muted">{key}=</span>
              {value}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
