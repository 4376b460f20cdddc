/** A task's output in the dock. */
export function TaskTab({ taskId }: { readonly taskId: string }) {
  return <div>{taskId}</div>
}
