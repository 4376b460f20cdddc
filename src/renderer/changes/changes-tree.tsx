import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PathStat } from '../../shared/changes/model'
import type { Container } from '../../shared/containers/model'
import { formatBytes } from '../ui/format'
import { flatten, type ChangeNode, type ChangeRow } from './change-tree'
import { KindMark } from './kind-mark'
import { useStats } from './use-sizes'
import { visibleText } from '../ui/visible-text'

const ROW_PX = 28

/**
 * The changes as a tree; only the rows that are seen exist, and only their sizes are read. Arrows move, open and close; Enter or a
 * click compares a file.
 */
export function ChangesTree(props: {
  readonly container: Container
  readonly tree: readonly ChangeNode[]
  readonly filterIsOn: boolean
  readonly version: number
  readonly selected: string | undefined
  readonly onSelect: (path: string) => void
}) {
  const { t } = useTranslation('changes')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [current, setCurrent] = useState<string>()
  const scrollRef = useRef<HTMLDivElement>(null)
  const treeId = useId()
  const rows = useMemo(
    () => flatten(props.tree, toggled, props.filterIsOn),
    [props.tree, toggled, props.filterIsOn]
  )
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 8
  })
  const items = virtualizer.getVirtualItems()
  const seen = items.flatMap(({ index }) => {
    const node = rows[index]?.node
    return node && node.children.length === 0 && node.kind !== 'deleted' ? node.path : []
  })
  const stats = useStats(props.container, seen, props.version)
  const at = Math.max(
    0,
    rows.findIndex(({ node }) => node.path === current)
  )

  function toggle(path: string): void {
    const next = new Set(toggled)
    if (!next.delete(path)) next.add(path)
    setToggled(next)
  }

  function choose({ node }: ChangeRow): void {
    setCurrent(node.path)
    if (node.children.length > 0) toggle(node.path)
    else props.onSelect(node.path)
  }

  function goTo(index: number): void {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))]
    if (!row) return
    setCurrent(row.node.path)
    virtualizer.scrollToIndex(rows.indexOf(row))
  }

  function handleKey(event: KeyboardEvent): void {
    const row = rows[at]
    if (!row) return
    const page = Math.floor((scrollRef.current?.clientHeight ?? ROW_PX) / ROW_PX)
    const isFolder = row.node.children.length > 0
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(current === undefined ? 0 : at + 1),
      ArrowUp: () => goTo(at - 1),
      PageDown: () => goTo(at + page),
      PageUp: () => goTo(at - page),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      ArrowRight: () => (isFolder && !row.isOpen ? toggle(row.node.path) : goTo(at + 1)),
      ArrowLeft: () => {
        if (row.isOpen) toggle(row.node.path)
        else goTo(rows.findLastIndex(({ level }, index) => index < at && level < row.level))
      },
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
      className="changes-tree"
      role="tree"
      aria-label={t('tree')}
      tabIndex={0}
      aria-activedescendant={current === undefined ? undefined : `${treeId}-${at}`}
      onKeyDown={handleKey}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rows[index]
          if (!row) return null
          const { node, level, isOpen } = row
          return (
            // The keyboard belongs to the tree, which has the focus: see handleKey.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={node.path}
              id={`${treeId}-${index}`}
              role="treeitem"
              aria-label={`${node.path}${node.kind ? `, ${t(`kinds.${node.kind}`)}` : ''}`}
              aria-level={level + 1}
              aria-expanded={node.children.length > 0 ? isOpen : undefined}
              aria-selected={props.selected === node.path}
              data-current={(current ?? rows[0]?.node.path) === node.path || undefined}
              className={node.isNoise ? 'changes-row changes-row-noise' : 'changes-row'}
              style={{ transform: `translateY(${start}px)`, paddingLeft: 6 + level * 16 }}
              onClick={() => choose(row)}
            >
              <RowContent row={row} stat={stats.get(node.path)} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function RowContent({
  row: { node, isOpen },
  stat
}: {
  readonly row: ChangeRow
  readonly stat: PathStat | undefined
}) {
  const { t } = useTranslation('changes')
  const isFolder = node.children.length > 0
  const inside = node.counts.added + node.counts.changed + node.counts.deleted
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const isOnTheWay = isFolder && node.kind !== 'added' && node.kind !== 'deleted'
  return (
    <>
      <span className="changes-chevron">{isFolder && <Chevron size={14} aria-hidden />}</span>
      {node.kind && !isOnTheWay ? (
        <KindMark kind={node.kind} />
      ) : (
        <span className="change-mark" aria-hidden />
      )}
      <span
        className={node.kind === 'deleted' ? 'changes-name changes-name-deleted' : 'changes-name'}
        title={node.path}
      >
        {visibleText(node.name)}
        {isFolder && '/'}
      </span>
      {node.isNoise && <span className="changes-tag">{t('temporary')}</span>}
      {isFolder && !isOpen && <span className="muted">{t('inside', { count: inside })}</span>}
      <span className="spacer" />
      {stat && <StatText stat={stat} />}
    </>
  )
}

function StatText({ stat }: { readonly stat: PathStat }) {
  const { t } = useTranslation('changes')
  if (stat.type === 'file')
    return <span className="changes-size">{formatBytes(stat.sizeBytes ?? 0)}</span>
  if (stat.type === 'link') {
    const target = visibleText(stat.linkTarget ?? '')
    return <span className="changes-size changes-link">{t('link', { target })}</span>
  }
  return <span className="changes-size">{stat.type === 'directory' ? t('folder') : ''}</span>
}
