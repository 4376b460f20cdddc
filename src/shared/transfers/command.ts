import { shortId } from '../images/model'
import type { ImportOptions } from './contract'

/** Each transfer as the argument vector of the docker command that does the same; `local` is a path of this machine. */
export const transferCommands = {
  save: (local: string, references: readonly string[]): string[] => [
    'docker',
    'save',
    '--output',
    local,
    ...references.map(handle)
  ],
  load: (local: string): string[] => ['docker', 'load', '--input', local],
  import: (local: string, options: ImportOptions): string[] => [
    'docker',
    'import',
    ...options.changes.flatMap((change) => ['--change', change]),
    ...(options.message ? ['--message', options.message] : []),
    // A name that begins with a dash would be an option; and "-" alone is the CLI's standard input.
    local.startsWith('-') ? `./${local}` : local,
    ...(options.reference ? [options.reference] : [])
  ],
  export: (local: string, container: string): string[] => [
    'docker',
    'export',
    '--output',
    local,
    container
  ]
}

function handle(reference: string): string {
  return reference.startsWith('sha256:') ? shortId(reference) : reference
}
