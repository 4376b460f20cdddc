import type { DockTab } from '../app/dock-store'

/** A shell's terminal in the dock. */
export function ShellTab({
  tab
}: {
  readonly tab: Extract<DockTab, { kind: 'shell' }>
  readonly active: boolean
}) {
  return <div>{tab.title}</div>
}
