import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { testEngine } from '../engine/context'

/** A docker CLI of this machine that the command lines are run by. */
export interface Cli {
  readonly path: string
  readonly version: string
  readonly major: number
}

/** The docker CLI that a person would get: PORTOLAN_TEST_DOCKER_CLI, or the first on PATH. */
export function cliOnPath(): Cli {
  const path =
    process.env['PORTOLAN_TEST_DOCKER_CLI'] ??
    execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  return cliAt(path)
}

/** A docker CLI and its version. */
export function cliAt(path: string): Cli {
  const text = execFileSync(path, ['--version'], { encoding: 'utf8' })
  const version = /version ([\d.]+)/.exec(text)?.[1] ?? ''
  return { path, version, major: Number(version.split('.')[0]) }
}

/** How a line is run. */
export interface LineOptions {
  readonly cli: Cli
  readonly input?: string
  readonly cwd?: string
  /** What the person's environment has besides, such as values that a line does not say. */
  readonly env?: Readonly<Record<string, string>>
}

/** What a line left behind in the shell. */
export interface LineResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs a command line as a person would: pasted into a POSIX shell whose `docker` speaks to the test engine, without anybody's contexts
 * and log-ins, and with the classic builder unless the line says otherwise.
 */
export function runLine(
  line: string,
  { cli, input = '', cwd, env: more = {} }: LineOptions
): Promise<LineResult> {
  const home = mkdtempSync(join(tmpdir(), 'command-line-'))
  const env = {
    ...more,
    PATH: [dirname(cli.path), process.env['PATH'] ?? ''].join(delimiter),
    HOME: home,
    DOCKER_CONFIG: home,
    DOCKER_HOST: testEngine().dockerHost,
    DOCKER_BUILDKIT: '0'
  }
  return new Promise((resolve, reject) => {
    const settings = { env, timeout: 60_000, ...(cwd !== undefined && { cwd }) }
    const child = execFile('sh', ['-c', line], settings, (failure, stdout, stderr) => {
      rmSync(home, { recursive: true, force: true })
      if (failure && (failure.killed || typeof failure.code !== 'number'))
        reject(new Error(`${line}: ${failure.message}\n${stderr}`))
      else resolve({ exitCode: Number(failure?.code ?? 0), stdout, stderr })
    })
    child.stdin?.on('error', () => undefined) // a command that does not read its input is not wrong
    child.stdin?.end(input)
  })
}

/** Runs a line that must succeed, and must not be told by the CLI that its words are out of date. */
export async function runLineWell(line: string, options: LineOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await runLine(line, options)
  // The classic builder itself is: that says nothing of the line.
  const complaint = stderr.replace(/^DEPRECATED: The legacy builder is deprecated[\s\S]*?\n\n/, '')
  if (exitCode !== 0 || /deprecated|unknown|unrecognized/i.test(complaint))
    throw new Error(`${line}: exit code ${exitCode}: ${stderr}`)
  return stdout
}

/** What differs between two objects that are equal: their ids and names (by the test), and what the engine draws by itself. */
export interface Same {
  /** Texts of this object, each with what to call it in both. */
  readonly names: Readonly<Record<string, string>>
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/
const ADDRESS_KEYS = new Set(['IPAddress', 'MacAddress', 'Gateway', 'IPv4Address'])
const DRAWN_KEYS = new Set(
  'Pid EndpointID SandboxID SandboxKey NetworkID LowerDir MergedDir UpperDir WorkDir'.split(' ')
)

/**
 * An inspect result with the object's own names, and the engine's ids, times, addresses and process numbers made equal. Whether there is
 * one still shows: an address that is empty stays empty, a time that never was stays zero.
 */
export function normalise(value: unknown, same: Same, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => normalise(item, same, key))
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => [
      rename(name, same),
      normalise(item, same, name)
    ])
    // The engine keeps "none" as it was sent, with or without braces.
    return entries.length === 0 ? null : (Object.fromEntries(entries) as unknown)
  }
  if (DRAWN_KEYS.has(key)) return value ? '<drawn>' : value
  if (typeof value !== 'string') return value
  if (TIME.test(value)) return value.startsWith('0001') ? value : '<time>'
  if (ADDRESS_KEYS.has(key) && value !== '') return '<address>'
  return rename(value, same)
}

function rename(text: string, { names }: Same): string {
  const known = Object.entries(names).toSorted(([a], [b]) => b.length - a.length)
  return known.reduce((result, [own, common]) => result.replaceAll(own, common), text)
}
