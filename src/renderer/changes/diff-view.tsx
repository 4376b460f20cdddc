import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Hunk } from '../../shared/changes/model'
import { diffLines, type DiffLine } from './diff-lines'
import { visibleText } from '../ui/visible-text'

const LINE_PX = 19
const SIGNS = { same: ' ', added: '+', removed: '−' } as const

/** Lines that differ and some around them, one below the other; only those that are seen exist. */
export function DiffView({ hunks }: { readonly hunks: readonly Hunk[] }) {
  const { t } = useTranslation('changes')
  const scrollRef = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => diffLines(hunks), [hunks])
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => LINE_PX,
    overscan: 20
  })
  const longest = useMemo(
    () => lines.reduce((most, line) => Math.max(most, 'text' in line ? line.text.length : 0), 0),
    [lines]
  )
  return (
    // It scrolls, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scrollRef} className="diff" role="table" aria-label={t('compare.lines')} tabIndex={0}>
      <div
        role="rowgroup"
        className="diff-lines"
        style={{ height: virtualizer.getTotalSize(), minWidth: `calc(${longest}ch + 120px)` }}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const line = lines[index]
          return (
            line && (
              <div
                key={index}
                role="row"
                className={`diff-line diff-line-${line.kind}`}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LineContent line={line} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function LineContent({ line }: { readonly line: DiffLine }) {
  const { t } = useTranslation('changes')
  if (line.kind === 'gap' || line.kind === 'no-newline') {
    return (
      <span role="cell" className="diff-note">
        {line.kind === 'gap' ? `⋯ ${line.lines}` : t('compare.noNewline')}
      </span>
    )
  }
  return (
    <>
      <span role="cell" className="diff-number" aria-label={t('compare.before')}>
        {line.beforeNumber}
      </span>
      <span role="cell" className="diff-number" aria-label={t('compare.after')}>
        {line.afterNumber}
      </span>
      <span role="cell" className="diff-text selectable">
        <span className="diff-sign" aria-hidden>
          {SIGNS[line.kind]}
        </span>
        {line.kind !== 'same' && (
          <span className="visually-hidden">
            {t(line.kind === 'added' ? 'compare.lineAdded' : 'compare.lineRemoved')}{' '}
          </span>
        )}
        {visibleText(line.text)}
      </span>
    </>
  )
}
