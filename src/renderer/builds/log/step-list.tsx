import { List } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { parseVertexName } from '../../../shared/builds/dockerfile-step'
import type { BuildStep } from '../../../shared/builds/model'
import { formatBytes } from '../../ui/format'
import { formatElapsed } from '../elapsed'
import type { ShownStep } from './build-log'
import { StepIcon } from './step-state'

/** Height of a step; nearer to the end than this, the list follows it. */
const STEP_PX = 26

/** What stands for the output of all steps. */
export const ALL = 'all'

/** A step's name without its number, which stands in a column of its own. */
export function stepText(step: BuildStep): string {
  return parseVertexName(step.name).instruction
}

/** `2/5`, with the stage's name before it where there are several; empty for the builder's own work. */
export function stepNumber(step: BuildStep): string {
  const { stage } = parseVertexName(step.name)
  if (step.number === undefined) return ''
  const number = `${step.number}/${step.total ?? '?'}`
  return stage === undefined ? number : `${stage} ${number}`
}

/** The steps of a build; the chosen one's output is shown. Arrows move, Enter or Space chooses. */
export function StepList(props: {
  readonly steps: readonly ShownStep[]
  readonly selected: string
  readonly onSelect: (stepId: string) => void
  readonly nowMs: number
}) {
  const { t } = useTranslation('builds')
  const listRef = useRef<HTMLDivElement>(null)
  const followsRef = useRef(true)
  const { selected, steps } = props

  useLayoutEffect(() => {
    const list = listRef.current
    if (list && followsRef.current) list.scrollTop = list.scrollHeight
  }, [steps.length])

  useLayoutEffect(() => {
    if (selected === ALL) return
    listRef.current?.querySelector('[data-state="on"]')?.scrollIntoView({ block: 'nearest' })
  }, [selected])

  function handleScroll(): void {
    const list = listRef.current
    if (!list) return
    followsRef.current = list.scrollHeight - list.scrollTop - list.clientHeight < STEP_PX
  }

  return (
    <ToggleGroup.Root
      ref={listRef}
      onScroll={handleScroll}
      type="single"
      orientation="vertical"
      className="step-list"
      aria-label={t('steps')}
      value={selected}
      // Choosing the chosen one again would choose none.
      onValueChange={(value) => value !== '' && props.onSelect(value)}
    >
      <ToggleGroup.Item value={ALL} className="step">
        <span className="step-icon">
          <List size={14} aria-hidden />
        </span>
        <span className="step-name">{t('allOutput')}</span>
      </ToggleGroup.Item>
      {steps.map((shown) => (
        <StepItem key={shown.step.id} shown={shown} nowMs={props.nowMs} />
      ))}
    </ToggleGroup.Root>
  )
}

function StepItem({ shown, nowMs }: { readonly shown: ShownStep; readonly nowMs: number }) {
  const { t, i18n } = useTranslation('builds')
  const { step, state } = shown
  const number = stepNumber(step)
  return (
    <ToggleGroup.Item
      value={step.id}
      className={number === '' ? 'step step-internal' : 'step'}
      title={step.line === undefined ? step.name : t('stepAtLine', { ...step, line: step.line })}
    >
      <StepIcon state={state} />
      {number !== '' && <span className="step-number">{number}</span>}
      <span className="step-name">{stepText(step)}</span>
      <span className="step-time">
        <span className="visually-hidden">{t(`stepStates.${state}`)}</span>
        <StepTime
          shown={shown}
          nowMs={nowMs}
          language={i18n.language}
          cached={t('stepStates.cached')}
        />
      </span>
    </ToggleGroup.Item>
  )
}

function StepTime(props: {
  readonly shown: ShownStep
  readonly nowMs: number
  readonly language: string
  readonly cached: string
}) {
  const { step, state } = props.shown
  if (state === 'cached') return <span aria-hidden>{props.cached}</span>
  if (state === 'running' && step.progress) {
    const { current, total } = step.progress
    return total !== undefined && total > 0
      ? `${Math.min(100, Math.floor((current / total) * 100))} %`
      : formatBytes(current)
  }
  if (step.durationMs !== undefined) return formatElapsed(step.durationMs, props.language)
  if (state === 'running' && step.startedAtMs !== undefined) {
    return formatElapsed(props.nowMs - step.startedAtMs, props.language)
  }
  return null
}
