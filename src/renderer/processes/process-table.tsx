import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcessTable as Table } from '../../shared/processes/model'
import { arrange, nextSort, type ProcessSort } from './arrange'

/** Columns of `ps` that hold numbers. */
const NUMBERS = new Set([
  'PID',
  'PPID',
  '%CPU',
  '%MEM',
  'RSS',
  'VSZ',
  'C',
  'NLWP',
  'ELAPSED',
  'TIME'
])

/** The processes: a tree, or sorted by the column whose head was pressed. */
export function ProcessTable({ table }: { readonly table: Table }) {
  const { t } = useTranslation('processes')
  const [sort, setSort] = useState<ProcessSort>()
  const lastColumn = table.titles.length - 1
  return (
    <table className="processes-table" aria-label={t('title')}>
      <thead>
        <tr>
          {table.titles.map((title, column) => (
            <th
              key={title}
              scope="col"
              className={NUMBERS.has(title) ? 'processes-number' : undefined}
              aria-sort={ariaSort(sort, column)}
            >
              <button
                type="button"
                className="table-sort"
                title={title === 'RSS' ? t('rss') : undefined}
                onClick={() => setSort(nextSort(sort, column))}
              >
                {title}
                {sort?.column === column &&
                  (sort.descending ? (
                    <ArrowDown size={12} aria-hidden />
                  ) : (
                    <ArrowUp size={12} aria-hidden />
                  ))}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {arrange(table, sort).map(({ pid, depth, cells }) => (
          <tr key={pid}>
            {cells.map((cell, column) => (
              <td
                key={table.titles[column] ?? column}
                className={cellClass(table.titles[column], column === lastColumn)}
                style={column === lastColumn ? { paddingLeft: 8 + depth * 16 } : undefined}
                title={column === lastColumn ? cell : undefined}
              >
                {column === lastColumn && depth > 0 && (
                  <span className="muted" aria-hidden>
                    └{' '}
                  </span>
                )}
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cellClass(title: string | undefined, isLast: boolean): string | undefined {
  if (isLast) return 'mono processes-command'
  return NUMBERS.has(title ?? '') ? 'processes-number' : undefined
}

function ariaSort(
  sort: ProcessSort | undefined,
  column: number
): 'ascending' | 'descending' | undefined {
  if (sort?.column !== column) return undefined
  return sort.descending ? 'descending' : 'ascending'
}
