import {
  CircleDot,
  CirclePause,
  CirclePlay,
  CircleSlash,
  RotateCw,
  type LucideIcon,
  TriangleAlert
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { Age } from '../ui/age'
import './container-state.css'

type Look = 'good' | 'bad' | 'warn' | 'idle' | 'info'

/** How a state looks: a shape and a colour, and its word beside it. An exit code that is not 0 is a failure. */
function lookOf(container: Container): { readonly icon: LucideIcon; readonly look: Look } {
  if (container.health === 'unhealthy') return { icon: TriangleAlert, look: 'bad' }
  switch (container.state) {
    case 'running':
      return { icon: CirclePlay, look: 'good' }
    case 'paused':
      return { icon: CirclePause, look: 'warn' }
    case 'restarting':
      return { icon: RotateCw, look: 'warn' }
    case 'created':
      return { icon: CircleDot, look: 'info' }
    case 'removing':
    case 'exited':
      return { icon: CircleSlash, look: container.exitCode ? 'bad' : 'idle' }
    case 'dead':
      return { icon: TriangleAlert, look: 'bad' }
  }
}

/** A container's state in one line: word, exit code, health, and for how long. */
export function ContainerStateText({ container }: { readonly container: Container }) {
  const { t } = useTranslation('containers')
  const { icon: Icon, look } = lookOf(container)
  return (
    <span className={`container-state container-state-${look}`}>
      <Icon size={14} aria-hidden />
      <span>
        {t(`states.${container.state}`)}
        {container.exitCode !== undefined && ` (${container.exitCode})`}
        {container.health && `, ${t(`health.${container.health}`)}`}
      </span>
      {container.sinceMs !== undefined && (
        <span className="muted">
          <Age sinceMs={container.sinceMs} />
        </span>
      )}
    </span>
  )
}
