import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../../shared/tasks/model'
import { ErrorBox } from '../../ui/error-box'
import type { ShownStep } from './build-log'
import { stepText } from './step-list'

/** Why a build failed: the Dockerfile's line and instruction first, then the reason and the engine's words. */
export function BuildFailure(props: {
  readonly task: Task
  readonly failedStep: ShownStep | undefined
}) {
  const { t } = useTranslation('builds')
  const { error } = props.task
  if (!error) return null
  const line = error.line ?? props.failedStep?.step.line
  return (
    <div className="build-failure">
      {line !== undefined && (
        <p className="build-failure-where">
          <strong>{t('failedAtLine', { line })}</strong>
          {props.failedStep && <code>{stepText(props.failedStep.step)}</code>}
        </p>
      )}
      <ErrorBox error={error} />
    </div>
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
