import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { RunSpec } from '../../shared/run/model'
import { shortId } from '../../shared/images/model'
import { isEnded, type Task } from '../../shared/tasks/model'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { explainRun } from './explain'
import { NotStarted, startContainer } from './start-container'

/** What is being done for the form. */
export type RunPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pulling'; readonly taskId: string }
  | { readonly kind: 'starting' }

/** Runs what a spec asks for: pulls the image where it is missing, makes the container, and starts it. */
export interface Runner {
  readonly phase: RunPhase
  readonly error: ErrorData | undefined
  readonly clearError: () => void
  /** True when the container runs (or has run); false after a failure or a cancelled pull, told in `error`. */
  readonly run: (spec: RunSpec, pull: boolean) => Promise<boolean>
  /** Pulls an image; throws what went wrong. */
  readonly cancelPull: () => void
}

export function useRunner(endpointId: string | undefined): Runner {
  const { t } = useTranslation('run')
  const containers = useRows('containers')
  const [phase, setPhase] = useState<RunPhase>({ kind: 'idle' })
  const [error, setError] = useState<ErrorData>()

  async function run(spec: RunSpec, pull: boolean): Promise<boolean> {
    if (endpointId === undefined) return false
    setError(undefined)
    try {
      if (pull) {
        const { taskId } = await call('images.pull', {
          endpointId,
          reference: spec.image,
          ...(spec.platform !== undefined && { platform: spec.platform })
        })
        setPhase({ kind: 'pulling', taskId })
        await taskEnd(endpointId, taskId)
      }
      setPhase({ kind: 'starting' })
      await startContainer(endpointId, spec)
      return true
    } catch (thrown) {
      const fault = errorOf(thrown)
      if (fault.code !== 'cancelled')
        setError(withLeft(explainRun(fault, containers, t), thrown, t))
      return false
    } finally {
      setPhase({ kind: 'idle' })
    }
  }

  return {
    phase,
    error,
    clearError: () => setError(undefined),
    run,
    cancelPull: () => {
      if (phase.kind !== 'pulling') return
      call('tasks.cancel', { taskId: phase.taskId }).catch((thrown: unknown) =>
        setError(errorOf(thrown))
      )
    }
  }
}

/** Says as well which volumes are left behind a failure. */
function withLeft(error: ErrorData, thrown: unknown, t: TFunction<'run'>): ErrorData {
  if (!(thrown instanceof NotStarted) || thrown.leftVolumes.length === 0) return error
  const left = t('volumesLeft', { names: thrown.leftVolumes.map(shortId).join(', ') })
  return { ...error, hint: error.hint ? `${error.hint} ${left}` : left }
}

/** Waits for a task to end well. Errors: the task's; `cancelled`. */
export function taskEnd(endpointId: string, taskId: string): Promise<Task> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const task = useMirror.getState().tasks.get(`${endpointId}/${taskId}`)
      if (!task || !isEnded(task)) return false
      if (task.state === 'succeeded') resolve(task)
      else
        reject(new PortolanError(task.error ?? { code: 'cancelled', message: 'It was cancelled.' }))
      return true
    }
    if (look()) return
    const stop = useMirror.subscribe(() => {
      if (look()) stop()
    })
  })
}
