import { CircleCheck, CircleDashed, LoaderCircle, RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { shortId } from '../../../shared/images/model'
import type { RecreateStep } from '../../../shared/recreate/model'
import { isEnded } from '../../../shared/tasks/model'
import { showContainer } from '../../app/container-page-store'
import { call } from '../../bridge/client'
import { useMirror } from '../../bridge/mirror'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { notify } from '../../ui/notices'
import { useRecreateEvents } from './use-recreate-events'

/** A recreation as it goes: its steps, and how it ended. Closing it stops nothing. */
export function RecreateProgress(props: {
  readonly taskId: string
  readonly endpointId: string
  readonly name: string
  /** To the form, as it was filled in. */
  readonly onBack: () => void
  readonly onClose: () => void
}) {
  const { t } = useTranslation('run')
  const { t: app } = useTranslation('app')
  const { taskId, endpointId, name } = props
  const task = useMirror((state) => state.tasks.get(`${endpointId}/${taskId}`))
  const events = useRecreateEvents(taskId)
  const isOver = task === undefined || isEnded(task)
  const isDone = task?.state === 'succeeded'
  const plan = events.find((event) => event.kind === 'planned')
  const begun = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))
  const rolledBack = events.find((event) => event.kind === 'rolled-back')
  const health = events.findLast((event) => event.kind === 'health')
  const result = isDone ? (task.result as { readonly containerId: string } | undefined) : undefined
  function cancel(): void {
    call('tasks.cancel', { taskId }).catch((thrown: unknown) =>
      notify(t('edit.cancelFailed'), thrown)
    )
  }
  return (
    <Dialog title={t('edit.progressTitle', { name })} onClose={props.onClose}>
      <div className="dialog-body">
        <ol className="edit-steps" aria-label={t('edit.steps')}>
          {plan?.steps.map((step) => (
            <StepRow
              key={step}
              step={step}
              state={stateOf(step, begun, isDone, isOver)}
              detail={step === 'wait' ? health?.status : undefined}
            />
          ))}
        </ol>
        <p role="status">
          {isDone
            ? t(plan?.steps.includes('start') ? 'edit.done' : 'edit.doneStopped', { name })
            : rolledBack
              ? t('edit.rolledBack', { name })
              : isOver
                ? t(begun.length > 0 ? 'edit.stuck' : 'edit.failed', { name })
                : t('edit.running')}
        </p>
        {plan?.keptImageId !== undefined && (
          <p className="muted">{t('edit.keptImage', { id: shortId(plan.keptImageId) })}</p>
        )}
        {rolledBack && rolledBack.madeVolumes.length > 0 && (
          <p className="muted">
            {t('edit.madeVolumes', { names: rolledBack.madeVolumes.map(shortId).join(', ') })}
          </p>
        )}
        {plan && !rolledBack && plan.leftVolumes.length > 0 && (
          <p className="muted">{t('edit.leftVolumes', { names: plan.leftVolumes.join(', ') })}</p>
        )}
        {plan && plan.joinedBy.length > 0 && (
          <p className="muted">{t('edit.joinedBy', { names: plan.joinedBy.join(', ') })}</p>
        )}
      </div>
      {task?.error && <ErrorBox error={task.error} />}
      <footer className="dialog-footer">
        {!isOver && (
          <button type="button" className="button" onClick={cancel}>
            {t('edit.cancel')}
          </button>
        )}
        {isOver && !isDone && (
          <button type="button" className="button" onClick={props.onBack}>
            <RotateCcw size={14} aria-hidden />
            {t('edit.back')}
          </button>
        )}
        <button
          type="button"
          className="button button-primary"
          autoFocus
          onClick={() => {
            if (result) showContainer({ endpointId, id: result.containerId })
            props.onClose()
          }}
        >
          {result ? t('edit.show') : app('close')}
        </button>
      </footer>
    </Dialog>
  )
}

type StepState = 'waiting' | 'running' | 'done'

function stateOf(
  step: RecreateStep,
  begun: readonly RecreateStep[],
  isDone: boolean,
  isOver: boolean
): StepState {
  const at = begun.indexOf(step)
  if (isDone || (at >= 0 && at < begun.length - 1)) return 'done'
  return at >= 0 && !isOver ? 'running' : 'waiting'
}

function StepRow(props: {
  readonly step: RecreateStep
  readonly state: StepState
  readonly detail: string | undefined
}) {
  const { t } = useTranslation('run')
  const { state } = props
  return (
    <li className={`edit-step edit-step-${state}`}>
      {state === 'done' ? (
        <CircleCheck size={14} aria-label={t('edit.states.done')} />
      ) : state === 'running' ? (
        <LoaderCircle size={14} className="spin" aria-label={t('edit.states.running')} />
      ) : (
        <CircleDashed size={14} aria-label={t('edit.states.waiting')} />
      )}
      {t(`edit.stepNames.${props.step}`)}
      {props.detail && <small className="muted">{props.detail}</small>}
    </li>
  )
}
