import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isEnded, type Task } from '../../../shared/tasks/model'
import { ErrorBox } from '../../ui/error-box'
import { BuildHead } from './build-head'
import { BuildFailure, BuildWarnings } from './build-outcome'
import type { ShownStep } from './build-log'
import { LogView } from './log-view'
import { ALL, StepList, stepNumber } from './step-list'
import { useBuildLog, type LogSource } from './use-build-log'
import { useNow } from './use-now'
import './log.css'

/** A build: its steps, their output, how far it is and how it ended. */
export function BuildTab({
  task,
  source = 'task'
}: {
  readonly task: Task
  readonly source?: LogSource
}) {
  const { t } = useTranslation('builds')
  const { log, error } = useBuildLog(task.id, source)
  const nowMs = useNow(!isEnded(task))
  const [chosen, setChosen] = useState<string>()
  const steps = log.steps(task.state === 'cancelled')
  const failedStep = steps.find(({ state }) => state === 'failed')
  // Until somebody chooses: everything, and of a build that failed the step that did.
  const selected = chosen ?? (task.state === 'failed' ? failedStep?.step.id : undefined) ?? ALL
  const shown = steps.find(({ step }) => step.id === selected)
  return (
    <section className="build-tab" aria-label={t('buildOf', { title: task.title })}>
      <BuildHead task={task} log={log} nowMs={nowMs} />
      <div className="build-panes">
        <StepList steps={steps} selected={selected} onSelect={setChosen} nowMs={nowMs} />
        <div className="build-right">
          {error && <ErrorBox error={error} />}
          {task.state === 'failed' && <BuildFailure task={task} failedStep={failedStep} />}
          <BuildWarnings warnings={log.warnings} />
          <LogView
            key={selected}
            label={shown ? t('outputOf', { name: shown.step.name }) : t('allOutput')}
            lines={shown ? log.lines.ofStep(shown.step.id) : log.lines.all}
            droppedCount={log.lines.droppedCount}
            {...(!shown && { labelOf: labels(steps) })}
            empty={t(
              isEnded(task) || (shown && shown.state !== 'running') ? 'noOutput' : 'noOutputYet'
            )}
          />
        </div>
      </div>
    </section>
  )
}

function labels(steps: readonly ShownStep[]): (stepId: string | undefined) => string {
  const numbers = new Map(steps.map(({ step }) => [step.id, stepNumber(step)]))
  return (stepId) => (stepId === undefined ? '' : (numbers.get(stepId) ?? ''))
}
