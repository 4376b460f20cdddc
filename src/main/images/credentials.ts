import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

/** What a registry is shown: as the engine's `X-Registry-Auth` takes it. Empty for nobody. Never logged, never sent to a window. */
export type RegistryAuth = Readonly<Record<string, string>>

const config = z.object({
  auths: z
    .record(
      z.string(),
      z.object({ auth: z.string().optional(), identitytoken: z.string().optional() })
    )
    .optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).optional()
})

/** The name that docker keeps Docker Hub's log-in under. */
const HUB_KEY = 'https://index.docker.io/v1/'
/** Longest wait for a credential helper: it may have to ask its person. */
const HELPER_MS = 20_000

/**
 * The log-in that `docker login` left for a registry (`docker.io` for Docker Hub), from docker's own configuration file and the
 * credential helper that it names. Empty where there is none, and where it cannot be read: the registry then says what it wants.
 */
export async function credentialsFor(
  domain: string,
  folder = process.env['DOCKER_CONFIG'] || join(homedir(), '.docker')
): Promise<RegistryAuth> {
  try {
    const parsed = config.parse(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')))
    const key = domain === 'docker.io' ? HUB_KEY : domain
    const helper = parsed.credHelpers?.[key] ?? parsed.credsStore
    if (helper) return await fromHelper(helper, key)
    const entries = Object.entries(parsed.auths ?? {})
    const [, entry] = entries.find(([name]) => name === key || hostOf(name) === domain) ?? []
    if (entry?.identitytoken) return { identitytoken: entry.identitytoken, serveraddress: key }
    return entry?.auth ? { ...decode(entry.auth), serveraddress: key } : {}
  } catch {
    return {}
  }
}

/** Old files have a URL as the key. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').split('/')[0] ?? ''
}

function decode(auth: string): RegistryAuth {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? {} : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() })

/** Asks `docker-credential-NAME get`, as the docker CLI does. */
function fromHelper(name: string, key: string): Promise<RegistryAuth> {
  // A name and never a path: docker finds it on the PATH as well.
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return Promise.resolve({})
  return new Promise((resolve, reject) => {
    const child = execFile(
      `docker-credential-${name}`,
      ['get'],
      { timeout: HELPER_MS },
      (error, stdout) => {
        if (error) {
          reject(error)
          return
        }
        const answer = helperAnswer.safeParse(JSON.parse(stdout))
        if (!answer.success) resolve({})
        else if (answer.data.Username === '<token>')
          resolve({ identitytoken: answer.data.Secret, serveraddress: key })
        else
          resolve({
            username: answer.data.Username,
            password: answer.data.Secret,
            serveraddress: key
          })
      }
    )
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(key)
  })
}
