import type { Hunk } from '../../shared/changes/model'

/** One line of a unified view. */
export type DiffLine =
  | {
      readonly kind: 'same' | 'added' | 'removed'
      readonly text: string
      /** 1-based; absent on the side where the line is not. */
      readonly beforeNumber?: number
      readonly afterNumber?: number
    }
  /** Lines that are equal lie between two hunks. */
  | { readonly kind: 'gap'; readonly lines: number }
  | { readonly kind: 'no-newline' }

/** Longer lines are cut: nobody reads them, and they would be slow to draw. */
const MAX_CHARACTERS = 2000

/** The lines of some hunks with their numbers, and where lines were left out between them. */
export function diffLines(hunks: readonly Hunk[]): DiffLine[] {
  const lines: DiffLine[] = []
  let nextBefore = 1
  for (const hunk of hunks) {
    const skipped = hunk.beforeStart - nextBefore
    if (skipped > 0) lines.push({ kind: 'gap', lines: skipped })
    let before = hunk.beforeStart
    let after = hunk.afterStart
    for (const line of hunk.lines) {
      const text = cut(line.slice(1))
      switch (line[0]) {
        case '+':
          lines.push({ kind: 'added', text, afterNumber: after++ })
          break
        case '-':
          lines.push({ kind: 'removed', text, beforeNumber: before++ })
          break
        case '\\':
          lines.push({ kind: 'no-newline' })
          break
        default:
          lines.push({ kind: 'same', text, beforeNumber: before++, afterNumber: after++ })
      }
    }
    nextBefore = before
  }
  return lines
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
}
