import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LayerChange, LayerFile } from '../../shared/layers/files-model'
import { formatBytes, formatTime } from '../ui/format'
import { modeText } from '../ui/mode-text'
import { visibleText } from '../ui/visible-text'
import type { TreeRow } from './use-layer-tree'

const ROW_PX = 28
/** The letters of `docker diff`. */
const LETTERS: Readonly<Record<LayerChange, string>> = { added: 'A', changed: 'C', removed: 'D' }

/** The files of a layer as a tree; only the rows that are seen exist. Arrows move, open and close; Enter opens a folder. */
export function LayerTree(props: {
  readonly label: string
  readonly rows: readonly TreeRow[]
  readonly onToggle: (file: LayerFile) => void
}) {
  const { rows, onToggle } = props
  const { t } = useTranslation('layers')
  const [current, setCurrent] = useState<number>()
  const scrollRef = useRef<HTMLDivElement>(null)
  const treeId = useId()
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 8
  })
  const at = Math.max(
    0,
    rows.findIndex(({ file }) => file.node === current)
  )

  function goTo(index: number): void {
    const to = Math.min(rows.length - 1, Math.max(0, index))
    const row = rows[to]
    if (!row) return
    setCurrent(row.file.node)
    virtualizer.scrollToIndex(to)
  }

  function choose({ file }: TreeRow): void {
    setCurrent(file.node)
    if (file.hasChildren) onToggle(file)
  }

  function handleKey(event: KeyboardEvent): void {
    const row = rows[at]
    if (!row) return
    const page = Math.floor((scrollRef.current?.clientHeight ?? ROW_PX) / ROW_PX)
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(current === undefined ? 0 : at + 1),
      ArrowUp: () => goTo(at - 1),
      PageDown: () => goTo(at + page),
      PageUp: () => goTo(at - page),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (row.file.hasChildren && !row.isOpen ? onToggle(row.file) : goTo(at + 1)),
      ArrowLeft: () =>
        row.isOpen
          ? onToggle(row.file)
          : goTo(rows.findLastIndex(({ level }, index) => index < at && level < row.level)),
      Enter: () => choose(row),
      ' ': () => choose(row)
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  return (
    <div
      ref={scrollRef}
      className="layer-tree"
      role="tree"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={current === undefined ? undefined : `${treeId}-${current}`}
      onKeyDown={handleKey}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { file, level, isOpen } = row
          return (
            // The keyboard belongs to the tree, which has the focus: see handleKey.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={file.node}
              id={`${treeId}-${file.node}`}
              role="treeitem"
              aria-label={`${file.name}${file.change ? `, ${t(`changes.${file.change}`)}` : ''}`}
              aria-level={level + 1}
              aria-expanded={file.hasChildren ? isOpen : undefined}
              aria-selected={file.node === current}
              data-current={at === index || undefined}
              className="layer-row"
              style={{ transform: `translateY(${start}px)`, paddingLeft: 6 + level * 16 }}
              onClick={() => choose(row)}
            >
              <RowContent file={file} isOpen={isOpen} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function RowContent({ file, isOpen }: { readonly file: LayerFile; readonly isOpen: boolean }) {
  const { t, i18n } = useTranslation('layers')
  const { change, kind, before } = file
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const target = file.linkTarget === undefined ? undefined : visibleText(file.linkTarget)
  const mode = modeText(kind, file.mode)
  const inside = (['added', 'changed', 'removed'] as const).filter((each) => file.inside[each] > 0)
  return (
    <>
      <span className="layer-chevron">{file.hasChildren && <Chevron size={14} aria-hidden />}</span>
      {change ? (
        <span className={`layer-mark layer-mark-${change}`} aria-hidden>
          {LETTERS[change]}
        </span>
      ) : (
        <span className="layer-mark" aria-hidden />
      )}
      <span
        className={change === 'removed' ? 'layer-name layer-name-removed' : 'layer-name'}
        title={`${mode} ${file.uid}:${file.gid}  ${file.modifiedAtMs > 0 ? formatTime(file.modifiedAtMs, i18n.language) : ''}`}
      >
        {visibleText(file.name)}
        {kind === 'folder' && '/'}
        {target !== undefined && (
          <span className="muted">
            {' '}
            {file.isHardLink ? t('hardLink', { target }) : `→ ${target}`}
          </span>
        )}
      </span>
      {!isOpen &&
        inside.map((each) => (
          <span key={each} className="muted layer-inside">
            {LETTERS[each]} {file.inside[each]}
          </span>
        ))}
      <span className="spacer" />
      <code className="layer-mode muted">{mode}</code>
      <span className="layer-owner muted">
        {file.uid}:{file.gid}
      </span>
      <span className="layer-size">
        {before && kind === 'file' && before.sizeBytes !== file.sizeBytes && (
          <span className="muted">{formatBytes(before.sizeBytes)} → </span>
        )}
        {kind === 'file' || kind === 'folder' ? formatBytes(file.sizeBytes) : ''}
      </span>
    </>
  )
}
