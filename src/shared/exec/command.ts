/** What the command line says about a shell. */
export interface ShellCommand {
  /** The container's name, or its id. */
  readonly container: string
  readonly user?: string | undefined
  readonly workingDir?: string | undefined
  /** The shell that was asked for or found; `sh` when it is not known yet. */
  readonly shell?: string | undefined
  /** A line for the shell to run. */
  readonly command?: string | undefined
}

/** The argument vector with which the docker CLI opens the same shell: `docker exec -it web sh`. */
export function shellCommand(command: ShellCommand): readonly string[] {
  return [
    'docker',
    'exec',
    '-it',
    ...(command.user === undefined ? [] : ['--user', command.user]),
    ...(command.workingDir === undefined ? [] : ['--workdir', command.workingDir]),
    command.container,
    command.shell ?? 'sh',
    ...(command.command === undefined ? [] : ['-c', command.command])
  ]
}

/** `docker attach web`; with `start` `docker start -ai web`, or `-a` for one that takes no input. */
export function attachCommand(command: {
  readonly container: string
  readonly start: boolean
  readonly stdin: boolean
}): readonly string[] {
  if (!command.start) return ['docker', 'attach', command.container]
  return ['docker', 'start', command.stdin ? '-ai' : '-a', command.container]
}
