import type { RunProblem } from './model'

/** What the request that makes a container depends on besides its spec. */
export interface Surroundings {
  /** The API version that is spoken to the engine, such as `1.41`. */
  readonly apiVersion: string
  /** The folder that `./data` is in; without it such a path is a problem. */
  readonly folder?: string
  /** Where `--env NAME` takes its value from. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** The lines of all `--env-file`, as read. */
  readonly envOfFiles?: readonly string[]
  /** The lines of all `--label-file`, as read. */
  readonly labelsOfFiles?: readonly string[]
  /** The content of each profile that `--security-opt seccomp=` names, by that name. */
  readonly seccompProfiles?: Readonly<Record<string, string>>
  /** The engine's own socket on this machine, for `--use-api-socket`. */
  readonly apiSocket?: string
}

/** Whether the engine's API has what came with `version`. */
export function atLeast({ apiVersion }: Surroundings, version: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number)
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** A problem with which nothing should be created. */
export function refusal(text: string, message: string, hint?: string): RunProblem {
  return { kind: 'invalid', text, message, ...(hint !== undefined && { hint }) }
}
