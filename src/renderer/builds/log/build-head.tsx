import { CircleCheck, CircleSlash, CircleX, Layers, LoaderCircle, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BuildResult } from '../../../shared/builds/model'
import { shortId } from '../../../shared/images/model'
import { isEnded, type Task, type TaskState } from '../../../shared/tasks/model'
import { showSection } from '../../app/ui-store'
import { call } from '../../bridge/client'
import { CopyButton } from '../../ui/copy-button'
import { formatBytes } from '../../ui/format'
import { notify } from '../../ui/notices'
import { offer } from '../build-store'
import { formatElapsed } from '../elapsed'
import { optionsOf } from '../start-build'
import { stripAnsi } from '../../ui/ansi'
import type { BuildLog } from './build-log'

/** A build's state as a shape and a word. */
export function BuildState({ state }: { readonly state: TaskState | 'interrupted' }) {
  const { t } = useTranslation('builds')
  return (
    <span className="build-state">
      <StateIcon state={state} />
      {t(`states.${state}`)}
    </span>
  )
}

function StateIcon({ state }: { readonly state: TaskState | 'interrupted' }) {
  switch (state) {
    case 'queued':
    case 'running':
      return <LoaderCircle size={14} className="spin step-icon-running" aria-hidden />
    case 'succeeded':
      return <CircleCheck size={14} className="step-icon-done" aria-hidden />
    case 'failed':
      return <CircleX size={14} className="step-icon-failed" aria-hidden />
    case 'cancelled':
    case 'interrupted':
      return <CircleSlash size={14} className="step-icon-stopped" aria-hidden />
  }
}

/** What a build ended with, if it did well. */
function resultOf(task: Task): BuildResult | undefined {
  return task.state === 'succeeded' ? (task.result as BuildResult | undefined) : undefined
}

/** The first line of a build's tab: state, how long, what came of it, and what can be done now. */
export function BuildHead(props: {
  readonly task: Task
  readonly log: BuildLog
  readonly nowMs: number
}) {
  const { t, i18n } = useTranslation('builds')
  const { task, log } = props
  const result = resultOf(task)
  const elapsedMs = (task.endedAtMs ?? props.nowMs) - task.startedAtMs
  return (
    <header className="build-head">
      <span role="status">
        <BuildState state={task.state} />
      </span>
      <span className="build-facts">
        <span className="muted">{formatElapsed(elapsedMs, i18n.language)}</span>
        {log.builder && <span className="muted">{t(`builders.${log.builder}`)}</span>}
        {result && (
          <code title={result.imageId}>
            {result.tags.length > 0
              ? `${result.tags.join(', ')} · ${shortId(result.imageId)}`
              : shortId(result.imageId)}
          </code>
        )}
      </span>
      {!isEnded(task) && <Upload log={log} />}
      <div className="build-buttons">
        <BuildButtons task={task} log={log} />
      </div>
    </header>
  )
}

function Upload({ log }: { readonly log: BuildLog }) {
  const { t } = useTranslation('builds')
  const { upload } = log
  if (!upload || upload.sentBytes >= upload.totalBytes) return null
  const words = t('uploading', {
    sent: formatBytes(upload.sentBytes),
    total: formatBytes(upload.totalBytes)
  })
  return (
    <span className="build-upload">
      <progress value={upload.sentBytes} max={upload.totalBytes} aria-label={words} />
      <span aria-hidden>{words}</span>
    </span>
  )
}

function BuildButtons({ task, log }: { readonly task: Task; readonly log: BuildLog }) {
  const { t } = useTranslation('builds')
  const options = optionsOf(task.id)
  function cancel(): void {
    call('tasks.cancel', { taskId: task.id }).catch((thrown: unknown) =>
      notify(t('cancelFailed'), thrown)
    )
  }
  return (
    <>
      {log.lines.all.length > 0 && isEnded(task) && <CopyLog key={log.version} log={log} />}
      {task.state === 'succeeded' && (
        <button type="button" className="button" onClick={() => showSection('images')}>
          <Layers size={14} aria-hidden />
          {t('showInImages')}
        </button>
      )}
      {isEnded(task) && options && (
        <button
          type="button"
          className="button"
          onClick={() => offer({ paths: [options.contextPath], previous: options })}
        >
          <RotateCw size={14} aria-hidden />
          {t('buildAgain')}
        </button>
      )}
      {!isEnded(task) && (
        <button type="button" className="button" onClick={cancel}>
          <X size={14} aria-hidden />
          {t('cancelBuild')}
        </button>
      )}
    </>
  )
}

/** The most that the clipboard call takes, in characters. */
const COPY_LIMIT = 10_000_000

function CopyLog({ log }: { readonly log: BuildLog }) {
  const { t } = useTranslation('builds')
  const [text] = useState(() =>
    log.lines.all
      .map((line) => stripAnsi(line.text))
      .join('\n')
      .slice(-COPY_LIMIT)
  )
  return <CopyButton text={text} label={t('copyLog')} />
}
