import { formatCommand } from '../command/quote'
import type { BuildOptions } from './model'

/**
 * The words of the `docker build` that does the same. `--file` is relative to the CLI's working folder and not to the context, so
 * it is written as an absolute path; a Dockerfile at the context's root under its usual name is not written.
 * Source: docker/cli `cli/command/image/build.go`.
 */
export function buildArgv(options: BuildOptions): string[] {
  const argv = ['docker', 'build']
  for (const tag of options.tags) argv.push('--tag', tag)
  if (options.dockerfile !== 'Dockerfile') argv.push('--file', dockerfilePath(options))
  if (options.target !== undefined) argv.push('--target', options.target)
  for (const [name, value] of Object.entries(options.buildArgs)) {
    argv.push('--build-arg', `${name}=${value}`)
  }
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

function dockerfilePath({ contextPath, dockerfile }: BuildOptions): string {
  const isAbsolute = dockerfile.startsWith('/') || /^[A-Za-z]:[\\/]|^\\\\/.test(dockerfile)
  return isAbsolute ? dockerfile : `${contextPath.replace(/[/\\]+$/, '')}/${dockerfile}`
}
