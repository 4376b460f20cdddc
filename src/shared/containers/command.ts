/** Each action on a container as the argument vector of the docker command that does the same. */
export const containerCommands = {
  start: (name: string): string[] => ['docker', 'start', name],
  stop: (name: string, graceSeconds?: number): string[] => [
    'docker',
    'stop',
    ...grace(graceSeconds),
    name
  ],
  restart: (name: string, graceSeconds?: number): string[] => [
    'docker',
    'restart',
    ...grace(graceSeconds),
    name
  ],
  kill: (name: string, signal?: string): string[] => [
    'docker',
    'kill',
    ...(signal ? ['--signal', signal] : []),
    name
  ],
  pause: (name: string): string[] => ['docker', 'pause', name],
  unpause: (name: string): string[] => ['docker', 'unpause', name],
  remove: (name: string, force: boolean): string[] => [
    'docker',
    'rm',
    ...(force ? ['--force'] : []),
    name
  ]
}

function grace(graceSeconds: number | undefined): string[] {
  return graceSeconds === undefined ? [] : ['--time', String(graceSeconds)]
}
