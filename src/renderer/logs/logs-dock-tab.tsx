import type { DockTab } from '../app/dock-store'
import { LogPanel } from './log-panel'

/** The logs of one container or several, in the dock. */
export function LogsDockTab({ tab }: { readonly tab: Extract<DockTab, { kind: 'logs' }> }) {
  return <LogPanel targets={tab.targets} label={tab.title} />
}
