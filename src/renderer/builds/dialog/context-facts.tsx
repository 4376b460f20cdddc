import { CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type {
  ContextSummary,
  IgnoreSummary,
  PathProblem,
  SizedPath
} from '../../../shared/builds/model'
import { useRows } from '../../app/endpoint'
import { formatBytes } from '../../ui/format'
import { fullTag, type BuildFolder, type BuildForm } from './build-form'

/** What a build of a folder would send, and what it starts from. */
export function ContextFacts({
  folder,
  form
}: {
  readonly folder: BuildFolder
  readonly form: BuildForm
}) {
  const { t } = useTranslation('builds')
  const dockerfile = folder.dockerfiles.find(({ path }) => path === form.dockerfile)
  return (
    <section className="build-context" aria-label={t('context')}>
      <h3>{t('context')}</h3>
      <p className="build-counts">
        <ContextCounts context={folder.context} />
      </p>
      {folder.countedFor !== form.dockerfile && (
        <p className="muted" role="status">
          {t('countingAnew')}
        </p>
      )}
      <Sizes
        title={t('biggestFiles')}
        sizes={folder.context.biggestFiles}
        totalBytes={folder.context.sizeBytes}
      />
      {folder.context.biggestEntries.some(({ path }) => path.endsWith('/')) && (
        <details>
          <summary>{t('biggestEntries')}</summary>
          <Sizes
            title={t('biggestEntries')}
            isTitleHidden
            sizes={folder.context.biggestEntries}
            totalBytes={folder.context.sizeBytes}
          />
        </details>
      )}
      <Ignored ignore={folder.ignore} />
      <Problems problems={folder.skipped} title="skipped" />
      <Problems problems={folder.unreadable} title="unreadable" />
      <BaseImages images={dockerfile?.baseImages ?? []} isPulled={form.pull} />
    </section>
  )
}

/** `12 files in 3 folders, 45 MB`; a lower bound says that it is one. */
export function ContextCounts({ context }: { readonly context: ContextSummary }) {
  const { t } = useTranslation('builds')
  const parts = [
    t('files', { count: context.fileCount }),
    t('folders', { count: context.directoryCount }),
    ...(context.otherCount > 0 ? [t('others', { count: context.otherCount })] : [])
  ].join(', ')
  const size = formatBytes(context.sizeBytes)
  return (
    <>
      <strong>{context.isTruncated ? t('atLeast', { what: size }) : size}</strong> {parts}
    </>
  )
}

function Sizes(props: {
  readonly title: string
  readonly isTitleHidden?: boolean
  readonly sizes: readonly SizedPath[]
  readonly totalBytes: number
}) {
  if (props.sizes.length === 0) return null
  return (
    <>
      {!props.isTitleHidden && <h4>{props.title}</h4>}
      <ul className="build-sizes" aria-label={props.title}>
        {props.sizes.map(({ path, sizeBytes }) => (
          <li key={path}>
            <code title={path}>{path}</code>
            <span>{formatBytes(sizeBytes)}</span>
            <span
              className="build-size-bar"
              aria-hidden
              style={{ width: `${(sizeBytes / Math.max(1, props.totalBytes)) * 100}%` }}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function Ignored({ ignore }: { readonly ignore: IgnoreSummary }) {
  const { t } = useTranslation('builds')
  const file = ignore.file ?? '.dockerignore'
  if (ignore.problem !== undefined) {
    return (
      <p className="build-fault" role="alert">
        {t('ignoreProblem', { file, problem: ignore.problem })}
      </p>
    )
  }
  if (ignore.file === undefined) return <p className="muted">{t('noIgnoreFile')}</p>
  if (ignore.ignoredCount === 0) return <p className="muted">{t('nothingIgnored', { file })}</p>
  const more = ignore.ignoredCount - ignore.ignored.length
  return (
    <details>
      <summary>{t('ignored', { file, count: ignore.ignoredCount })}</summary>
      <ul className="build-paths mono">
        {ignore.ignored.map((path) => (
          <li key={path}>{path}</li>
        ))}
        {more > 0 && <li className="muted">{t('andMore', { count: more })}</li>}
      </ul>
    </details>
  )
}

/** Entries that are left out for what they are, or that stop the build. */
export function Problems(props: {
  readonly problems: readonly PathProblem[]
  readonly title: 'skipped' | 'unreadable'
}) {
  const { t } = useTranslation('builds')
  const { problems, title } = props
  if (problems.length === 0) return null
  const summary = t(title, { count: problems.length })
  return (
    <details open={title === 'unreadable'} className={title === 'unreadable' ? 'build-bad' : ''}>
      <summary>
        {title === 'unreadable' && <CircleX size={14} aria-hidden />} {summary}
      </summary>
      <ul className="build-paths build-problems" aria-label={summary}>
        {problems.map(({ path, reason }) => (
          <li key={path}>
            <code title={path}>{path}</code> <span className="muted">{t(`reasons.${reason}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function BaseImages(props: { readonly images: readonly string[]; readonly isPulled: boolean }) {
  const { t } = useTranslation('builds')
  const here = new Set(useRows('images').flatMap(({ tags, digests }) => [...tags, ...digests]))
  if (props.images.length === 0) return null
  return (
    <>
      <h4>{t('baseImages')}</h4>
      <ul className="build-paths" aria-label={t('baseImages')}>
        {props.images.map((image) => {
          const isHere = here.has(fullTag(image))
          const key = !isHere ? 'pulled' : props.isPulled ? 'askedFor' : 'here'
          return (
            <li key={image}>
              <code>{image}</code> <span className="muted">{t(`baseImage.${key}`)}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
