import { registryCommands } from '../../shared/registries/command'
import type { registries } from '../../shared/registries/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { credentialsFor, defaultHelper, listLogins } from '../docker-config/credentials'
import { RegistryClient } from './client/registry-client'
import { trustIn } from './client/trust'
import { logIn, logOut } from './log-in'
import {
  deleteManifest,
  findSharers,
  inspectManifest,
  listRepositories,
  listTags
} from './repositories'
import { searchHub } from './search'

/** How far a search for tags is, is told at most this often. */
const PROGRESS_MS = 100

export const registryHandlers: HandlersOf<typeof registries> = {
  logins: async () => {
    const helper = await defaultHelper()
    return { logins: await listLogins(), ...(helper && { helper }) }
  },
  logIn: ({ endpointId, ...login }, context) =>
    context.history.echo(endpointId, registryCommands.logIn(login.domain, login.username), () =>
      logIn(context.engine(endpointId), login)
    ),
  logOut: ({ endpointId, domain }, context) =>
    context.history.echo(endpointId, registryCommands.logOut(domain), () => logOut(domain)),
  search: ({ endpointId, term }, context) =>
    context.history.echo(endpointId, registryCommands.search(term), () =>
      searchHub(context.engine(endpointId), term)
    ),
  repositories: (input, context) =>
    withRegistry(input, context, (client) => listRepositories(client, input.after)),
  tags: (input, context) => withRegistry(input, context, (client) => listTags(client, input.path)),
  manifest: (input, context) =>
    withRegistry(input, context, (client) => inspectManifest(client, input.path, input.reference)),
  sharers: (input, stream, context) => {
    let toldAtMs = 0
    return withRegistry(
      input,
      context,
      (client) =>
        findSharers(client, input.path, input.tag, (done, total) => {
          if (Date.now() - toldAtMs < PROGRESS_MS) return
          toldAtMs = Date.now()
          // A window that is gone ends it by the signal.
          stream.send({ done, total }).catch(() => undefined)
        }),
      stream.signal
    )
  },
  deleteManifest: (input, context) =>
    withRegistry(input, context, async (client) => {
      const { path, digest } = input
      // Asked first, so that the line tells how this registry is shown a log-in.
      await inspectManifest(client, path, digest)
      const { username } = await credentialsFor(input.domain)
      const url = client.urlOf(`/v2/${path}/manifests/${digest}`).href
      const command = registryCommands.deleteManifest(url, client.scheme, username)
      await context.history.echo(input.endpointId, command, () =>
        deleteManifest(client, path, digest)
      )
    })
}

/** Speaks to a registry with docker's log-in for it, and with as much trust as the engine has. */
async function withRegistry<T>(
  { endpointId, domain }: { readonly endpointId: string; readonly domain: string },
  context: HandlerContext,
  act: (client: RegistryClient) => Promise<T>,
  signal = new AbortController().signal
): Promise<T> {
  const [auth, trust] = await Promise.all([
    credentialsFor(domain),
    trustIn(context.engine(endpointId), domain)
  ])
  const client = new RegistryClient(domain, auth, trust, signal)
  try {
    return await act(client)
  } finally {
    client.close()
  }
}
