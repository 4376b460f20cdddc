import type { VolumeSpec } from './contract'

/** Each action on a volume as the argument vector of the docker command that does the same. */
export const volumeCommands = {
  create: (spec: VolumeSpec): string[] => [
    'docker',
    'volume',
    'create',
    // The CLI's default: a person would not write it.
    ...(spec.driver === 'local' ? [] : ['--driver', spec.driver]),
    ...Object.entries(spec.options).flatMap(([key, value]) => ['--opt', `${key}=${value}`]),
    ...Object.entries(spec.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    spec.name
  ],
  remove: (name: string): string[] => ['docker', 'volume', 'rm', name]
} as const
