import { CircleX, Pencil, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../shared/tasks/model'
import { openDockerfile } from '../../app/open-dockerfile'
import { ErrorBox } from '../../ui/error-box'
import { offer } from '../build-store'
import { dockerfilePath } from '../../../shared/builds/command'
import { optionsOf } from '../start-build'
import type { ShownStep } from './build-log'
import { stepText } from './step-list'

/** Why a build failed: the Dockerfile's line and instruction first, then the reason and the engine's words. */
export function BuildFailure(props: {
  readonly task: Task
  readonly failedStep: ShownStep | undefined
}) {
  const { t } = useTranslation('builds')
  const { t: app } = useTranslation('app')
  const { error } = props.task
  if (!error) return null
  const line = error.line ?? props.failedStep?.step.line
  // What has no place in the Dockerfile (no engine, a file that cannot be read) is told as any other error.
  if (line === undefined) {
    return (
      <div className="build-failure">
        <ErrorBox error={error} />
      </div>
    )
  }
  const words = error.engineMessage
  return (
    <div className="build-failure">
      <div className="error-box" role="alert">
        <CircleX size={16} aria-hidden />
        <div>
          <p className="build-failure-where">
            <strong>{t('failedAtLine', { line })}</strong>
            {props.failedStep && (
              <code title={props.failedStep.step.name}>{stepText(props.failedStep.step)}</code>
            )}
            <EditButton taskId={props.task.id} line={line} />
          </p>
          {error.exitCode !== undefined && <p>{t('exitCode', { code: error.exitCode })}</p>}
          {error.hint && <p>{error.hint}</p>}
          {words !== undefined && error.exitCode === undefined && (
            <p className="error-box-words">
              {app('engineSays')} <code>{words}</code>
            </p>
          )}
          {words !== undefined && error.exitCode !== undefined && (
            // They repeat the command and its code.
            <details className="error-box-words">
              <summary>{app('engineSays')}</summary>
              <code>{words}</code>
            </details>
          )}
        </div>
      </div>
    </div>
  )
}

/** Opens the Dockerfile at the line that failed; after it was saved the build can be begun again. */
function EditButton({ taskId, line }: { readonly taskId: string; readonly line: number }) {
  const { t } = useTranslation('dockerfile')
  const options = optionsOf(taskId)
  if (!options) return null
  const again = { paths: [options.contextPath], previous: options }
  return (
    <button
      type="button"
      className="button"
      onClick={() =>
        openDockerfile({ path: dockerfilePath(options), line, onBuild: () => offer(again) })
      }
    >
      <Pencil size={13} aria-hidden />
      {t('editLine', { line })}
    </button>
  )
}

/** What the builder warned of. */
export function BuildWarnings(props: {
  readonly warnings: readonly { readonly message: string; readonly line?: number }[]
}) {
  const { t } = useTranslation('builds')
  if (props.warnings.length === 0) return null
  return (
    <ul className="build-warnings" aria-label={t('warnings')}>
      {props.warnings.map((warning, index) => (
        // The same words may come twice.
        <li key={index}>
          <TriangleAlert size={13} aria-hidden />
          <span>
            {warning.line !== undefined && `${t('atLine', { line: warning.line })}: `}
            {warning.message}
          </span>
        </li>
      ))}
    </ul>
  )
}
