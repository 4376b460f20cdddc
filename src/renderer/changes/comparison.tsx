import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { FileComparison, FileSide } from '../../shared/changes/model'
import type { Container } from '../../shared/containers/model'
import { call, errorOf } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { DiffView } from './diff-view'
import { visibleText } from '../ui/visible-text'

/** A path of the container against the image's: lines where it is text, else what is known of both. */
export function Comparison(props: {
  readonly container: Container
  readonly path: string
  readonly heightPx: number
  readonly onClose: () => void
}) {
  const { t } = useTranslation('changes')
  const { endpointId, id } = props.container
  const { path } = props
  const [comparison, setComparison] = useState<FileComparison>()
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    let gone = false
    call('changes.compare', { endpointId, containerId: id, path }).then(
      (compared) => !gone && setComparison(compared),
      (thrown: unknown) => !gone && setError(errorOf(thrown))
    )
    return () => {
      gone = true
    }
  }, [endpointId, id, path])
  return (
    <section
      className="comparison"
      aria-label={t('compare.region', { path })}
      style={{ height: props.heightPx }}
    >
      <header className="comparison-head">
        <code className="comparison-path" title={path}>
          {visibleText(path)}
        </code>
        {comparison && <Verdict comparison={comparison} />}
        <span className="spacer" />
        <button
          type="button"
          className="icon-button"
          aria-label={t('compare.close')}
          onClick={props.onClose}
        >
          <X size={14} aria-hidden />
        </button>
      </header>
      {error && <ErrorBox error={error} />}
      {!comparison && !error && (
        <p className="comparison-note muted" role="status">
          {t('compare.reading')}
        </p>
      )}
      {comparison?.imageFault !== undefined && (
        <p className="comparison-note">
          {t('compare.imageGone', { fault: comparison.imageFault })}
        </p>
      )}
      {comparison && <Sides {...comparison} />}
      {comparison?.content === 'lines' && <DiffView hunks={comparison.hunks} />}
    </section>
  )
}

function Verdict({ comparison }: { readonly comparison: FileComparison }) {
  const { t } = useTranslation('changes')
  const { before, after, content, imageFault } = comparison
  const words =
    before.type === 'none' && after.type === 'none'
      ? t('compare.none')
      : after.type === 'none'
        ? t('compare.deleted')
        : before.type === 'none' && imageFault === undefined
          ? t('compare.added')
          : ''
  const how =
    content === 'binary'
      ? t('compare.binary')
      : content === 'large'
        ? t('compare.large')
        : content === 'not-files' && words === ''
          ? t('compare.notFiles')
          : ''
  return (
    <span className="muted">
      {words} {how}
    </span>
  )
}

/** What differs besides the lines, and all that can be told where there are none. */
function Sides({ before, after, content }: FileComparison) {
  const { t } = useTranslation('changes')
  const facts = (
    [
      ['type', (side) => t(`compare.types.${side.type}`)],
      ['mode', (side) => (side.type === 'none' ? '' : side.mode.toString(8).padStart(4, '0'))],
      ['owner', (side) => (side.type === 'none' ? '' : side.owner)],
      ['bytes', (side) => (side.type === 'file' ? formatBytes(side.sizeBytes) : '')],
      ['target', (side) => (side.type === 'link' ? visibleText(side.linkTarget ?? '') : '')]
    ] as const satisfies readonly (readonly [string, (side: FileSide) => string])[]
  )
    .map(([name, textOf]) => [name, textOf(before), textOf(after)] as const)
    .filter(([name, old, now]) => {
      if (before.type === 'none' || after.type === 'none')
        return name !== 'type' && (old !== '' || now !== '')
      return old !== now
    })
  if (content === 'same' && facts.length === 0)
    return (
      <p className="comparison-note muted">
        {t('compare.same')} {t('compare.sameTime')}
      </p>
    )
  return (
    <>
      {content === 'same' && <p className="comparison-note muted">{t('compare.same')}</p>}
      {facts.length > 0 && (
        <dl className="comparison-facts">
          {facts.map(([name, old, now]) => (
            <div key={name}>
              <dt>{t(`compare.${name}`)}</dt>
              <dd className="mono">{[old, now].filter((text) => text !== '').join(' → ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
