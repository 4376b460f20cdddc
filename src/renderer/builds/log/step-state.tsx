import { CircleCheck, CircleSlash, CircleX, LoaderCircle, Zap, type LucideIcon } from 'lucide-react'
import type { StepState } from './build-log'

const ICONS: Readonly<Record<StepState, LucideIcon>> = {
  running: LoaderCircle,
  cached: Zap,
  done: CircleCheck,
  failed: CircleX,
  stopped: CircleSlash
}

/** A step's state as a shape; its word stands beside it for screen readers. */
export function StepIcon({ state }: { readonly state: StepState }) {
  const Icon = ICONS[state]
  return (
    <span className={`step-icon step-icon-${state}`}>
      <Icon size={14} className={state === 'running' ? 'spin' : undefined} aria-hidden />
    </span>
  )
}
