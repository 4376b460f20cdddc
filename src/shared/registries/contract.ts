import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { endpointId } from '../bridge/ids'
import { tryParseDomain } from './domain'
import { tryParseReference } from '../images/reference'
import type {
  HubHit,
  ManifestFacts,
  RegistryLogin,
  RegistryLogins,
  RepositoryPage,
  TagList,
  TagSharers
} from './model'

/** A registry's host, as {@link tryParseDomain} gives it. */
const domain = z
  .string()
  .max(260)
  .refine((text) => tryParseDomain(text) === text, 'not a registry’s host')

/** A repository's path, without the registry. */
const path = z
  .string()
  .max(255)
  .refine((text) => tryParseReference(`x.example/${text}`)?.path === text, 'not a repository')

const tag = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/)
const digest = z.string().regex(/^sha(256|384|512):[a-f0-9]{64,128}$/)
const repository = { endpointId, domain, path }

/** Registries: log-ins, which are docker's own, and what a registry holds. Only main speaks to them. */
export const registries = {
  /** Who is logged in where. Source: docker's `config.json` and the helpers that it names. */
  logins: call(z.strictObject({ endpointId })).returns<RegistryLogins>(),
  /** Has the registry check a log-in, and keeps it where docker does. Source: `POST /auth`. */
  logIn: call(
    z.strictObject({
      endpointId,
      domain,
      username: z
        .string()
        .min(1)
        .max(256)
        .regex(/^[^\s:]+$/, 'a user name has no blanks and no colon'),
      password: z.string().min(1).max(65_536)
    })
  ).returns<RegistryLogin>(),
  /** Forgets a log-in. */
  logOut: call(z.strictObject({ endpointId, domain })).returns<void>(),
  /** Searches Docker Hub by the engine. Source: `GET /images/search`. */
  search: call(z.strictObject({ endpointId, term: z.string().trim().min(1).max(128) })).returns<
    readonly HubHit[]
  >(),
  /** Source: registry API v2, `GET /v2/_catalog`. */
  repositories: call(
    z.strictObject({ endpointId, domain, after: z.string().max(255).optional() })
  ).returns<RepositoryPage>(),
  /** Source: registry API v2, `GET /v2/{name}/tags/list`. */
  tags: call(z.strictObject(repository)).returns<TagList>(),
  /** Source: registry API v2, `GET /v2/{name}/manifests/{reference}`. */
  manifest: call(
    z.strictObject({ ...repository, reference: z.union([tag, digest]) })
  ).returns<ManifestFacts>(),
  /** Which tags stand for the same as one: each is asked for. Says how many it has asked. */
  sharers: stream({
    input: z.strictObject({ ...repository, tag }),
    up: z.never(),
    cost: 'messages'
  }).carries<{ readonly done: number; readonly total: number }, TagSharers>(),
  /** Deletes what a digest stands for, with all its tags, where the registry allows it. Source: `DELETE /v2/{name}/manifests/{digest}`. */
  deleteManifest: call(z.strictObject({ ...repository, digest })).returns<void>()
}
