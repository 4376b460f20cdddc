import { chmod, chown, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { PortolanError } from '../../shared/bridge/errors'

const authEntry = z.looseObject({
  auth: z.string().optional(),
  identitytoken: z.string().optional()
})

/** What log-ins need of docker's own `config.json`; whatever else it holds is kept. */
const configSchema = z.looseObject({
  auths: z.record(z.string(), authEntry).optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional()
})

export type DockerConfig = z.output<typeof configSchema>

/** The folder that the docker CLI keeps its configuration in. */
export function dockerConfigFolder(): string {
  return process.env['DOCKER_CONFIG'] || join(homedir(), '.docker')
}

/** Docker's configuration; empty where there is no file. Errors: `invalid-input` where it is broken, `permission-denied`. */
export async function readConfig(folder: string): Promise<DockerConfig> {
  const path = join(folder, 'config.json')
  const text = await readText(path)
  if (text === undefined) return {}
  try {
    return configSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new PortolanError(
      {
        code: 'invalid-input',
        message: `Docker’s configuration file ${path} is broken.`,
        hint: 'The docker command cannot read it either. Mend it, or move it away; nothing in it was changed.',
        subject: { kind: 'file', name: path }
      },
      { cause }
    )
  }
}

let writing: Promise<unknown> = Promise.resolve()

/**
 * Reads docker's configuration, changes it in place, and writes it whole: everything else in it, its mode and its owner stay, and a
 * link stays a link. One that is new is for its person only. Changes follow each other. Errors: those of {@link readConfig}.
 */
export function changeConfig(
  folder: string,
  change: (config: DockerConfig) => void
): Promise<void> {
  const changed = writing.then(async () => {
    const config = await readConfig(folder)
    change(config)
    await replace(join(folder, 'config.json'), `${JSON.stringify(config, null, '\t')}\n`)
  })
  writing = changed.catch(() => undefined)
  return changed
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw fileFault(path, cause)
  }
}

async function replace(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const target = await realpath(path).catch(() => path)
    const before = await stat(target).catch(() => undefined)
    const half = `${target}.${process.pid}.tmp`
    await writeFile(half, text, { mode: 0o600 })
    if (before) {
      await chmod(half, before.mode & 0o7777)
      // Only root may give a file away: whoever else writes it, owns it.
      await chown(half, before.uid, before.gid).catch(() => undefined)
    }
    await rename(half, target)
  } catch (cause) {
    throw fileFault(path, cause)
  }
}

function fileFault(path: string, cause: unknown): PortolanError {
  return new PortolanError(
    {
      code: 'permission-denied',
      message: `Docker’s configuration file ${path} cannot be read or written.`,
      hint: 'Its folder must belong to you: “docker login” with sudo may have left it to root.',
      engineMessage: cause instanceof Error ? cause.message : String(cause),
      subject: { kind: 'file', name: path }
    },
    { cause }
  )
}
