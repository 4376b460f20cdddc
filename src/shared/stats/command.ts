/** The docker command that shows the same figures. */
export function statsCommand(name: string): string[] {
  return ['docker', 'stats', name]
}
