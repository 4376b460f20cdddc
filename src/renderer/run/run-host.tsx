import { RunDialog } from './dialog/run-dialog'
import { EditDialog } from './edit/edit-dialog'
import { useRun } from './run-store'

/** The place of the run form; one in the window. */
export function RunHost() {
  const { request } = useRun()
  if (!request) return null
  return request.edited ? (
    <EditDialog key={request.number} request={request} edited={request.edited} />
  ) : (
    <RunDialog key={request.number} request={request} />
  )
}
