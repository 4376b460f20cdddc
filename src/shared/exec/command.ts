/** What the command line says about a shell. */
export interface ShellCommand {
  /** The container's name, or its id. */
  readonly container: string
  readonly user?: string | undefined
  readonly workingDir?: string | undefined
  /** The shell that was asked for or found; `sh` when it is not known yet. */
  readonly shell?: string | undefined
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
    command.shell ?? 'sh'
  ]
}
