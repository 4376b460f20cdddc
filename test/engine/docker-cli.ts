import { execFile, type ExecFileException } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testEngine } from './description'
import type { EngineDescription } from './index.mjs'

/** How {@link docker} runs the CLI. */
export interface DockerOptions {
  /** Default: the engine of this run. */
  readonly engine?: Pick<EngineDescription, 'dockerHost' | 'dir'>
  readonly input?: string | Buffer
  readonly cwd?: string
  /** Added to the CLI's environment; DOCKER_CONFIG here keeps log-ins apart. */
  readonly env?: Readonly<Record<string, string>>
  /** Default 60,000. */
  readonly timeoutMs?: number
}

/**
 * Runs the docker CLI, the first on PATH or PORTOLAN_TEST_DOCKER_CLI, against the test engine, without anybody's contexts and
 * log-ins and with the classic builder. Answers stdout; an exit code other than 0 is an error that quotes the output.
 */
export async function docker(
  args: readonly string[],
  options: DockerOptions = {}
): Promise<string> {
  const cli = process.env['PORTOLAN_TEST_DOCKER_CLI'] ?? 'docker'
  const { dockerHost, dir } = options.engine ?? testEngine()
  // Not there: the CLI makes it when it has something to keep, and the engine's end sweeps it.
  const home = join(dir ?? tmpdir(), 'portolan-docker-cli')
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    DOCKER_CONFIG: home,
    DOCKER_HOST: dockerHost,
    DOCKER_BUILDKIT: '0',
    ...options.env
  }
  return run(cli, args, { ...options, env })
}

/**
 * Runs a command inside the test engine's network, process and mount namespaces, where its published ports and registries are.
 * Answers stdout. Needs the tests' own engine.
 */
export async function inEngineNamespace(
  command: readonly string[],
  engine: EngineDescription = testEngine()
): Promise<string> {
  if (engine.pid === null)
    throw new Error('The namespace of an engine that is not our own is unknown.')
  return run('nsenter', ['-t', `${engine.pid}`, '--net', '--pid', '--mount', '--', ...command], {})
}

function run(file: string, args: readonly string[], options: DockerOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const { cwd, env, input, timeoutMs = 60_000 } = options
    const settings = {
      encoding: 'utf8' as const,
      timeout: timeoutMs,
      maxBuffer: 256 * 1024 * 1024,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env })
    }
    const child = execFile(file, [...args], settings, (failure, stdout, stderr) => {
      if (failure === null) resolve(stdout)
      else
        reject(
          new Error(`${file} ${args.join(' ')}: ${reasonOf(failure)}: ${(stderr + stdout).trim()}`)
        )
    })
    child.stdin?.on('error', () => undefined) // a command that does not read its input is not wrong
    child.stdin?.end(input)
  })
}

function reasonOf(failure: ExecFileException): string {
  if (failure.killed === true) return 'timed out'
  return (
    failure.signal ??
    (typeof failure.code === 'number' ? `exit code ${failure.code}` : failure.message)
  )
}
