import { formatCommand } from '../command/quote'
import type { BuildOptions } from './model'

/** Names of build arguments that say that the value is a secret. */
const SECRET_NAME = /token|secret|pass|key|auth|cred/i

/**
 * The words of the `docker build` that does the same. `--file` is relative to the CLI's working folder and not to the context, so
 * it is written as an absolute path; a Dockerfile at the context's root under its usual name is not written. These words are shown and
 * kept in the history, so a build argument whose name speaks of a secret ({@link isSecretBuildArg}) is written without its value: the
 * CLI then takes that from its environment.
 * Source: docker/cli `cli/command/image/build.go`.
 */
export function buildArgv(options: BuildOptions): string[] {
  const argv = ['docker', 'build']
  for (const tag of options.tags) argv.push('--tag', tag)
  if (options.dockerfile !== 'Dockerfile') argv.push('--file', dockerfilePath(options))
  if (options.target !== undefined) argv.push('--target', options.target)
  for (const [name, value] of Object.entries(options.buildArgs)) {
    argv.push('--build-arg', isSecretBuildArg(name, value) ? name : `${name}=${value}`)
  }
  for (const [name, value] of Object.entries(options.labels ?? {})) {
    argv.push('--label', `${name}=${value}`)
  }
  if (options.platform !== undefined) argv.push('--platform', options.platform)
  if (options.network !== undefined) argv.push('--network', options.network)
  for (const { id, from } of options.secrets ?? []) {
    const source = from.kind === 'file' ? `src=${from.path}` : `env=${from.name}`
    argv.push('--secret', `id=${id},${csvField(source)}`)
  }
  if (options.sshAgent) argv.push('--ssh', 'default')
  if (options.noCache) argv.push('--no-cache')
  if (options.pull) argv.push('--pull')
  // Else the classic builder leaves the container of a step that failed; ours asks for its removal.
  if (options.builder === 'classic') argv.push('--force-rm')
  argv.push(options.contextPath)
  return argv
}

/**
 * The `docker build` line that does the same, quoted for a POSIX shell, with DOCKER_BUILDKIT before it where a builder was chosen:
 * the CLI chooses by that variable.
 */
export function buildCommand(options: BuildOptions): string {
  const line = formatCommand(buildArgv(options))
  if (options.builder === undefined) return line
  return `DOCKER_BUILDKIT=${options.builder === 'buildkit' ? '1' : '0'} ${line}`
}

/**
 * Whether a build argument's value must not be shown: its name has “token”, “secret”, “pass”, “key”, “auth” or “cred” in it. An empty
 * value hides nothing, and without it the CLI would leave the Dockerfile's default in force.
 */
export function isSecretBuildArg(name: string, value: string): boolean {
  return value !== '' && SECRET_NAME.test(name)
}

/** `--secret` is read as a line of CSV. */
function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The absolute path of a build's Dockerfile. */
export function dockerfilePath({
  contextPath,
  dockerfile
}: Pick<BuildOptions, 'contextPath' | 'dockerfile'>): string {
  const isAbsolute = dockerfile.startsWith('/') || /^[A-Za-z]:[\\/]|^\\\\/.test(dockerfile)
  return isAbsolute ? dockerfile : `${contextPath.replace(/[/\\]+$/, '')}/${dockerfile}`
}
