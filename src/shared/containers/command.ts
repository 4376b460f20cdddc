/** One container's name, or several: docker takes them in one line. */
type Names = string | readonly string[]

/** Each action on containers as the argument vector of the docker command that does the same. */
export const containerCommands = {
  start: (names: Names): string[] => ['docker', 'start', ...listed(names)],
  stop: (names: Names, graceSeconds?: number): string[] => [
    'docker',
    'stop',
    ...grace(graceSeconds),
    ...listed(names)
  ],
  restart: (names: Names, graceSeconds?: number): string[] => [
    'docker',
    'restart',
    ...grace(graceSeconds),
    ...listed(names)
  ],
  kill: (names: Names, signal?: string): string[] => [
    'docker',
    'kill',
    ...(signal ? ['--signal', signal] : []),
    ...listed(names)
  ],
  pause: (names: Names): string[] => ['docker', 'pause', ...listed(names)],
  unpause: (names: Names): string[] => ['docker', 'unpause', ...listed(names)],
  remove: (names: Names, force: boolean): string[] => [
    'docker',
    'rm',
    ...(force ? ['--force'] : []),
    ...listed(names)
  ],
  rename: (name: string, newName: string): string[] => ['docker', 'rename', name, newName]
}

function listed(names: Names): readonly string[] {
  return typeof names === 'string' ? [names] : names
}

function grace(graceSeconds: number | undefined): string[] {
  return graceSeconds === undefined ? [] : ['--time', String(graceSeconds)]
}
