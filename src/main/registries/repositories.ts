import { createHash } from 'node:crypto'
import { z } from 'zod'
import { PortolanError } from '../../shared/bridge/errors'
import type {
  ManifestFacts,
  RepositoryPage,
  TagList,
  TagSharers
} from '../../shared/registries/model'
import type { RegistryClient } from './client/registry-client'
import type { Answer } from './client/transport'

/** Asked for in one answer; a registry may give fewer. */
const PAGE = 1000
/** More tags than this of one repository are not listed. */
const MOST_TAGS = 50_000
/** Questions about the digests of tags that are on their way at once. */
const AT_ONCE = 8

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json'
].join(', ')

const catalog = z.object({ repositories: z.array(z.string()).nullish() })
const tagList = z.object({ tags: z.array(z.string()).nullish() })

/** A page of a registry's repositories. `unsupported` where it does not list them (Docker Hub). Source: `GET /v2/_catalog`. */
export async function listRepositories(
  client: RegistryClient,
  after?: string
): Promise<RepositoryPage> {
  const query = new URLSearchParams({ n: String(PAGE), ...(after && { last: after }) })
  const answer = await client.ask({ path: `/v2/_catalog?${query}` }).catch((thrown: unknown) => {
    throw thrown instanceof PortolanError && thrown.code === 'not-found'
      ? noCatalog(client.domain)
      : thrown
  })
  const names = read(client, catalog, answer).repositories ?? []
  const next = nextOf(client, answer)?.searchParams.get('last')
  return { names, ...(next && { next }) }
}

/** All tags of a repository, over as many pages as it takes. Source: `GET /v2/{name}/tags/list`, RFC 5988 `Link`. */
export async function listTags(client: RegistryClient, path: string): Promise<TagList> {
  const tags: string[] = []
  const seen = new Set<string>()
  let page: string | undefined = `/v2/${path}/tags/list?n=${PAGE}`
  while (page !== undefined && !seen.has(page)) {
    seen.add(page)
    const answer: Answer = await client.ask({ path: page })
    tags.push(...(read(client, tagList, answer).tags ?? []))
    if (tags.length > MOST_TAGS) return { tags: tags.slice(0, MOST_TAGS), isCut: true }
    const next = nextOf(client, answer)
    page = next && `${next.pathname}${next.search}`
  }
  return { tags, isCut: false }
}

const descriptor = z.object({ size: z.number().default(0), digest: z.string().optional() })
const manifestBody = z.object({
  mediaType: z.string().optional(),
  config: descriptor.optional(),
  layers: z.array(descriptor).optional(),
  manifests: z
    .array(
      descriptor.extend({
        platform: z
          .object({
            os: z.string().optional(),
            architecture: z.string().optional(),
            variant: z.string().optional()
          })
          .optional()
      })
    )
    .optional()
})

/** What a tag (or a digest) stands for. Source: `GET /v2/{name}/manifests/{reference}`, and its configuration's blob. */
export async function inspectManifest(
  client: RegistryClient,
  path: string,
  reference: string
): Promise<ManifestFacts> {
  const answer = await client.ask({
    path: `/v2/${path}/manifests/${reference}`,
    accept: MANIFESTS
  })
  const body = read(client, manifestBody, answer)
  const digest = digestOf(answer)
  const platforms = (body.manifests ?? []).flatMap(({ platform }) => {
    const { os, architecture, variant } = platform ?? {}
    // Attestations stand among the platforms as unknown.
    if (!os || os === 'unknown') return []
    return [[os, architecture, variant].filter(Boolean).join('/')]
  })
  if (body.manifests) return { digest, platforms }
  const layers = body.layers ?? []
  const sizeBytes = layers.reduce((sum, { size }) => sum + size, body.config?.size ?? 0)
  const config = await configOf(client, path, body.config?.digest)
  return { digest, sizeBytes, layerCount: layers.length, ...config }
}

/** Which tags of a repository stand for the same as one of them: deleting that deletes them all. `onProgress` hears of each question. */
export async function findSharers(
  client: RegistryClient,
  path: string,
  tag: string,
  onProgress: (done: number, total: number) => void
): Promise<TagSharers> {
  const digest = await headOf(client, path, tag)
  if (digest === undefined)
    throw new PortolanError({ code: 'not-found', message: `The tag ${tag} is no longer there.` })
  const { tags, isCut } = await listTags(client, path)
  const others = tags.filter((each) => each !== tag)
  const same: string[] = []
  let next = 0
  let done = 0
  const work = async (): Promise<void> => {
    for (let each = others[next++]; each !== undefined; each = others[next++]) {
      if ((await headOf(client, path, each)) === digest) same.push(each)
      onProgress(++done, others.length)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { digest, tags: same.toSorted(), isCut }
}

/** Deletes what a digest stands for, with all its tags. Source: `DELETE /v2/{name}/manifests/{digest}`. */
export async function deleteManifest(
  client: RegistryClient,
  path: string,
  digest: string
): Promise<void> {
  await client.ask({ method: 'DELETE', path: `/v2/${path}/manifests/${digest}` })
}

/** The digest of a tag; nothing where it went in the meantime. */
async function headOf(
  client: RegistryClient,
  path: string,
  tag: string
): Promise<string | undefined> {
  try {
    const asked = { path: `/v2/${path}/manifests/${tag}`, accept: MANIFESTS }
    const answer = await client.ask({ ...asked, method: 'HEAD' })
    return answer.headers['docker-content-digest'] === undefined
      ? digestOf(await client.ask(asked))
      : digestOf(answer)
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}

const configBody = z.object({
  created: z.string().optional(),
  os: z.string().optional(),
  architecture: z.string().optional(),
  variant: z.string().optional()
})

/** When it was made and for what; a registry that keeps its blobs elsewhere, or an artefact that is no image, tells neither. */
async function configOf(
  client: RegistryClient,
  path: string,
  digest: string | undefined
): Promise<Pick<ManifestFacts, 'createdAtMs' | 'platforms'>> {
  if (digest === undefined) return { platforms: [] }
  try {
    const answer = await client.ask({ path: `/v2/${path}/blobs/${digest}` })
    const { created, os, architecture, variant } = read(client, configBody, answer)
    const createdAtMs = Date.parse(created ?? '')
    return {
      platforms: os ? [[os, architecture, variant].filter(Boolean).join('/')] : [],
      ...(Number.isFinite(createdAtMs) && { createdAtMs })
    }
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'cancelled') throw thrown
    return { platforms: [] }
  }
}

function digestOf({ headers, body }: Answer): string {
  const told = headers['docker-content-digest']
  return typeof told === 'string' && /^[a-z0-9]+:[a-f0-9]{32,}$/.test(told)
    ? told
    : `sha256:${createHash('sha256').update(body).digest('hex')}`
}

/** Where the next page is; only the registry itself can say so of itself. */
function nextOf(client: RegistryClient, { headers }: Answer): URL | undefined {
  const link = [headers.link].flat().join(', ')
  const target = /<([^>]*)>\s*;[^,]*rel="?next"?/i.exec(link)?.[1]
  const root = client.urlOf('/')
  if (target === undefined || !URL.canParse(target, root.href)) return undefined
  const url = new URL(target, root)
  return url.pathname.startsWith('/v2/') ? url : undefined
}

function read<S extends z.ZodType>(
  client: RegistryClient,
  schema: S,
  { body }: Answer
): z.output<S> {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')))
  } catch (cause) {
    throw new PortolanError(
      {
        code: 'protocol',
        message: `${client.domain} gave an answer that makes no sense: is it a registry?`
      },
      { cause }
    )
  }
}

function noCatalog(domain: string): PortolanError {
  return new PortolanError({
    code: 'unsupported',
    message: `The registry ${domain} does not list its repositories.`,
    hint: 'Name the one that you want: its tags are listed.'
  })
}
