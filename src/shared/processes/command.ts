/** The docker command that lists a container's processes; without `psArgs` with the usual columns. */
export function topCommand(name: string, psArgs?: string): string[] {
  return ['docker', 'top', name, ...(psArgs === undefined ? [] : psArgs.split(' '))]
}
