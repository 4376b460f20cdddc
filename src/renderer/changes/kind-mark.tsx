import type { ChangeKind } from '../../shared/changes/model'

/** The letters of `docker diff`. */
const LETTERS: Readonly<Record<ChangeKind, string>> = { added: 'A', changed: 'C', deleted: 'D' }

/** What happened to a path: a letter in its colour, as `docker diff` writes it. */
export function KindMark({ kind }: { readonly kind: ChangeKind }) {
  return (
    <span className={`change-mark change-mark-${kind}`} aria-hidden>
      {LETTERS[kind]}
    </span>
  )
}
