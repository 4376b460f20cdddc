import { changeText, type ChangeLine } from './change-lines'

/** What {@link changesCommands.commit} writes. */
export interface CommitLine {
  /** The container's name. */
  readonly container: string
  readonly reference?: string | undefined
  readonly message?: string | undefined
  readonly author?: string | undefined
  readonly pause: boolean
  readonly changes: readonly ChangeLine[]
}

/** Each look at a writable layer, and keeping it, as the docker command that does the same. */
export const changesCommands = {
  list: (name: string): string[] => ['docker', 'diff', name],
  commit: ({ container, reference, message, author, pause, changes }: CommitLine): string[] => [
    'docker',
    'commit',
    ...(message ? ['--message', message] : []),
    ...(author ? ['--author', author] : []),
    ...(pause ? [] : ['--pause=false']),
    ...changes.flatMap((change) => ['--change', changeText(change)]),
    container,
    ...(reference ? [reference] : [])
  ]
}
