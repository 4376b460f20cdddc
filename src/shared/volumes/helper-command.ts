import { quoteArgument } from '../command/quote'
import { HELPER_LABEL } from '../reachability/helper'

/** Where a helper container has the volume. */
export const VOLUME_ROOT = '/volume'

/**
 * The command lines of what is done by a helper container, one after the other: it is created with the volume mounted, `docker cp`
 * copies out of it or into it, and it is removed. It never runs.
 */
export const helperCommands = {
  create: (helper: {
    readonly name: string
    readonly image: string
    readonly volume: string
    readonly access: 'read' | 'write'
  }): string[] => [
    'docker',
    'create',
    '--name',
    helper.name,
    '--label',
    `${HELPER_LABEL}=volume`,
    '--network',
    'none',
    '--mount',
    `type=volume,source=${helper.volume},target=${VOLUME_ROOT}${helper.access === 'read' ? ',readonly' : ''}`,
    helper.image,
    'never-started'
  ],
  remove: (name: string): string[] => ['docker', 'rm', name],
  backup: (name: string, local: string): string =>
    `docker cp ${name}:${VOLUME_ROOT} - | gzip > ${quoteArgument(local)}`,
  /** `isWhole`: the archive holds the volume itself, as {@link helperCommands.backup} makes it; else what is in it. */
  restore: (name: string, local: string, isWhole: boolean): string =>
    `docker cp - ${name}:${isWhole ? '/' : VOLUME_ROOT} < ${quoteArgument(local)}`,
  clone: (from: string, to: string): string =>
    `docker cp ${from}:${VOLUME_ROOT} - | docker cp - ${to}:/`
} as const
