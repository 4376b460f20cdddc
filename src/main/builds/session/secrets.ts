import { readFile, stat } from 'node:fs/promises'
import { PortolanError } from '../../../shared/bridge/errors'
import type { BuildSecret } from '../../../shared/builds/model'

/** BuildKit takes no longer one. In bytes. Source: moby/buildkit `session/secrets` (MaxSecretSize). */
const SIZE_LIMIT = 500 * 1024

/**
 * Reads the values of a build's secrets, before anything is sent. Errors: `not-found` for a file or a variable that is not there,
 * `permission-denied`, `invalid-input` for what is no regular file or longer than 500 KiB. No error has a value in it.
 */
export async function readSecrets(
  secrets: readonly BuildSecret[],
  env: NodeJS.ProcessEnv = process.env
): Promise<ReadonlyMap<string, Uint8Array>> {
  const values = new Map<string, Uint8Array>()
  for (const { id, from } of secrets) {
    values.set(
      id,
      from.kind === 'file' ? await readOne(id, from.path) : fromEnv(id, from.name, env)
    )
  }
  return values
}

function fromEnv(id: string, name: string, env: NodeJS.ProcessEnv): Uint8Array {
  const value = env[name]
  if (value !== undefined) return Buffer.from(value)
  throw new PortolanError({
    code: 'not-found',
    message: `The secret “${id}” is to be read from the variable ${name}, which Portolan’s environment does not have.`,
    hint: 'Start Portolan from a shell that has it, or take the secret from a file.',
    operation: 'builds.start'
  })
}

async function readOne(id: string, path: string): Promise<Uint8Array> {
  const subject = { kind: 'file', name: path } as const
  const operation = 'builds.start'
  try {
    const stats = await stat(path)
    if (stats.isFile() && stats.size <= SIZE_LIMIT) return await readFile(path)
    const reason = stats.isFile() ? 'is longer than 500 KiB' : 'is no regular file'
    const message = `The secret “${id}” cannot be read: “${path}” ${reason}.`
    throw new PortolanError({ code: 'invalid-input', message, subject, operation })
  } catch (error) {
    if (error instanceof PortolanError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw new PortolanError({
      code: code === 'EACCES' || code === 'EPERM' ? 'permission-denied' : 'not-found',
      message: `The secret “${id}” cannot be read from “${path}”.`,
      engineMessage: error instanceof Error ? error.message : String(error),
      subject,
      operation
    })
  }
}
