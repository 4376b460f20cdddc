import { HUB_KEY, keyOf } from '../../shared/registries/domain'
import type { RegistryLogin } from '../../shared/registries/model'
import { changeConfig, dockerConfigFolder, readConfig, type DockerConfig } from './config-file'
import {
  helperErase,
  helperGet,
  helperList,
  helperStore,
  onPath,
  type HelperSecret
} from './credential-helper'

/** What a registry is shown: as the engine's `X-Registry-Auth` takes it. Empty for nobody. Never logged, never sent to a window. */
export type RegistryAuth = Readonly<Record<string, string>>

/** The user that a helper's entry has when its secret is an identity token. */
const TOKEN_USER = '<token>'

/**
 * The log-in that `docker login` (or ours) left for a registry (`docker.io` for Docker Hub), from docker's own configuration file and
 * the credential helper that it names. Empty where there is none, and where it cannot be read: the registry then says what it wants.
 */
export async function credentialsFor(
  domain: string,
  folder = dockerConfigFolder()
): Promise<RegistryAuth> {
  try {
    const config = await readConfig(folder)
    const key = keyOf(domain)
    const helper = helperOf(config, key)
    const found = helper ? await helperGet(helper, key) : fromFile(config, domain)
    return found ? { ...asAuth(found), serveraddress: key } : {}
  } catch {
    return {}
  }
}

/**
 * Keeps a log-in where the docker CLI would: at the helper that its configuration names for the registry, else in the file. Errors:
 * those of the file and of the helper.
 */
export async function storeCredentials(
  domain: string,
  auth: { readonly username: string; readonly password: string; readonly identityToken?: string },
  folder = dockerConfigFolder()
): Promise<void> {
  const key = keyOf(domain)
  const config = await readConfig(folder)
  const detected = await detectedStore(config)
  const helper = helperOf(config, key) ?? detected
  const { username, password, identityToken } = auth
  if (helper) {
    await helperStore(
      helper,
      key,
      identityToken
        ? { username: TOKEN_USER, secret: identityToken }
        : { username, secret: password }
    )
  }
  await changeConfig(folder, (changed) => {
    if (detected) changed.credsStore = detected
    changed.auths = { ...changed.auths }
    // With a helper docker keeps an empty entry, and so does it forget what the file held before.
    changed.auths[key] = helper
      ? {}
      : {
          auth: Buffer.from(`${username}:${identityToken ? '' : password}`).toString('base64'),
          ...(identityToken && { identitytoken: identityToken })
        }
  })
}

/** Forgets a log-in, as `docker logout` does: at its helper, and under every name that the file has it by. */
export async function eraseCredentials(
  domain: string,
  folder = dockerConfigFolder()
): Promise<void> {
  const key = keyOf(domain)
  const config = await readConfig(folder)
  const helper = helperOf(config, key)
  if (helper) await helperErase(helper, key)
  if (!Object.keys(config.auths ?? {}).some((name) => isOf(name, domain))) return
  await changeConfig(folder, (changed) => {
    changed.auths = Object.fromEntries(
      Object.entries(changed.auths ?? {}).filter(([name]) => !isOf(name, domain))
    )
  })
}

/** Who is logged in where, secrets left out; sorted, Docker Hub first. A helper that fails hides its own only. Errors: the file's. */
export async function listLogins(folder = dockerConfigFolder()): Promise<RegistryLogin[]> {
  const config = await readConfig(folder)
  const found = new Map<string, RegistryLogin>()
  for (const helper of new Set(
    [config.credsStore, ...Object.values(config.credHelpers ?? {})].flatMap((name) => name || [])
  )) {
    for (const [name, username] of Object.entries(await helperList(helper).catch(() => ({})))) {
      // Docker Desktop keeps its own tokens beside the log-in, by longer names.
      if (name.startsWith(HUB_KEY) && name !== HUB_KEY) continue
      const domain = domainOf(name)
      if (helperOf(config, keyOf(domain)) === helper)
        found.set(domain, { domain, username: username === TOKEN_USER ? '' : username, helper })
    }
  }
  for (const name of Object.keys(config.auths ?? {})) {
    const domain = domainOf(name)
    const entry = found.has(domain) ? undefined : fromFile(config, domain)
    if (entry && !helperOf(config, keyOf(domain)))
      found.set(domain, { domain, username: entry.username })
  }
  return [...found.values()].toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)))
}

/** The helper that a new log-in goes to, unless its registry has one of its own. Errors: the file's. */
export async function defaultHelper(folder = dockerConfigFolder()): Promise<string | undefined> {
  const config = await readConfig(folder)
  return config.credsStore || (await detectedStore(config))
}

function orderOf({ domain }: RegistryLogin): string {
  return domain === 'docker.io' ? '' : domain
}

/** The helper of a registry: its own, else the store of all. */
function helperOf({ credHelpers, credsStore }: DockerConfig, key: string): string | undefined {
  return credHelpers?.[key] || credsStore || undefined
}

/** On a configuration without any log-in the docker CLI begins with the system's own store, where it is installed. */
async function detectedStore(config: DockerConfig): Promise<string | undefined> {
  const { credsStore, credHelpers = {}, auths = {} } = config
  const holdsAny =
    credsStore || Object.keys(credHelpers).length > 0 || Object.keys(auths).length > 0
  if (holdsAny) return undefined
  const name = await systemStore()
  return (await onPath(`docker-credential-${name}`)) === undefined ? undefined : name
}

async function systemStore(): Promise<string> {
  if (process.platform === 'darwin') return 'osxkeychain'
  if (process.platform === 'win32') return 'wincred'
  return (await onPath('pass')) === undefined ? 'secretservice' : 'pass'
}

interface FileEntry extends HelperSecret {
  readonly identityToken?: string | undefined
}

function fromFile(config: DockerConfig, domain: string): FileEntry | undefined {
  const key = keyOf(domain)
  const { auths = {} } = config
  const name = key in auths ? key : Object.keys(auths).find((each) => isOf(each, domain))
  const entry = name === undefined ? undefined : auths[name]
  if (!entry?.auth && !entry?.identitytoken) return undefined
  const text = Buffer.from(entry.auth ?? '', 'base64')
    .toString('utf8')
    // The Go of old padded it with zeros.
    .replace(/\0+$/, '')
  const colon = text.indexOf(':')
  if (colon < 0 && !entry.identitytoken) return undefined
  return {
    username: text.slice(0, Math.max(0, colon)),
    secret: text.slice(colon + 1),
    identityToken: entry.identitytoken
  }
}

function asAuth(entry: FileEntry): RegistryAuth {
  if (entry.username === TOKEN_USER) return { identitytoken: entry.secret }
  if (entry.identityToken) return { username: entry.username, identitytoken: entry.identityToken }
  return { username: entry.username, password: entry.secret }
}

/** Old files have a URL as the key. */
function domainOf(name: string): string {
  const host = name.replace(/^https?:\/\//, '').split('/')[0] ?? ''
  return host === 'index.docker.io' ? 'docker.io' : host
}

function isOf(name: string, domain: string): boolean {
  return domainOf(name) === domain
}
