import { shortId } from './model'

/** Each action on an image as the argument vector of the docker command that does the same. */
export const imageCommands = {
  remove: (reference: string, force: boolean): string[] => [
    'docker',
    'rmi',
    ...(force ? ['--force'] : []),
    reference.startsWith('sha256:') ? shortId(reference) : reference
  ],
  pull: (reference: string, platform?: string): string[] => [
    'docker',
    'pull',
    ...(platform ? ['--platform', platform] : []),
    reference
  ],
  /** `source` is a name of the image, or its id. */
  tag: (source: string, reference: string): string[] => [
    'docker',
    'tag',
    source.startsWith('sha256:') ? shortId(source) : source,
    reference
  ],
  push: (reference: string): string[] => ['docker', 'push', reference]
}
