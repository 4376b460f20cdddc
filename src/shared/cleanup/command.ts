import { shortId } from '../images/model'

/** Each step of a clean-up as the argument vector of the docker command that does the same. */
export const cleanupCommands = {
  usage: (): string[] => ['docker', 'system', 'df', '--verbose'],
  removeImages: (references: readonly string[], force: boolean): string[] => [
    'docker',
    'rmi',
    ...(force ? ['--force'] : []),
    ...references.map((reference) =>
      reference.startsWith('sha256:') ? shortId(reference) : reference
    )
  ]
}
