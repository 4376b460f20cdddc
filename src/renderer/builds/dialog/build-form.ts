import type {
  Builder,
  BuildOptions,
  BuildSecret,
  DockerfileSummary,
  FolderReport
} from '../../../shared/builds/model'
import {
  familiarReference,
  tryParseReference,
  withDefaultTag
} from '../../../shared/images/reference'

/** A folder that can be built. */
export type BuildFolder = Extract<FolderReport, { kind: 'build-folder' }>

/** What the dialog's fields hold. */
export interface BuildForm {
  /** Names with commas between them. */
  readonly tags: string
  /** Relative to the folder; absolute where it lies outside. */
  readonly dockerfile: string
  /** Name or number of a stage; empty: the last one. */
  readonly target: string
  /** Only those that were filled in. */
  readonly buildArgs: Readonly<Record<string, string>>
  /** Arguments that the Dockerfile does not declare, such as HTTP_PROXY; `NAME=value`, one a line. */
  readonly moreArgs: string
  /** `name=value`, one a line. */
  readonly labels: string
  /** Empty: the engine's own. */
  readonly platform: string
  /** Empty: the default one. */
  readonly network: string
  readonly secrets: readonly BuildSecret[]
  readonly sshAgent: boolean
  readonly useCache: boolean
  readonly pull: boolean
  readonly builder: Builder | 'automatic'
}

/** What the fields hold at first: ready to build, or the choices of an earlier build as far as they still fit the folder. */
export function initialForm(
  folder: BuildFolder,
  wish: { readonly previous?: BuildOptions; readonly dockerfile?: string } = {}
): BuildForm {
  const { previous } = wish
  const wanted = wish.dockerfile ?? previous?.dockerfile
  const dockerfile = folder.dockerfiles.find(({ path }) => path === wanted) ?? folder.dockerfiles[0]
  const stages = dockerfile ? targetsOf(dockerfile) : []
  return {
    tags: previous ? previous.tags.join(', ') : folder.proposedTag,
    dockerfile: dockerfile?.path ?? 'Dockerfile',
    target: stages.find(({ value }) => value === previous?.target)?.value ?? '',
    buildArgs: previous?.buildArgs ?? {},
    moreArgs: previous ? linesOf(undeclared(previous.buildArgs, dockerfile)) : '',
    labels: linesOf(previous?.labels ?? {}),
    platform: previous?.platform ?? '',
    network: previous?.network ?? '',
    secrets: previous?.secrets ?? [],
    sshAgent: previous?.sshAgent ?? false,
    useCache: !(previous?.noCache ?? false),
    pull: previous?.pull ?? false,
    builder: previous?.builder ?? 'automatic'
  }
}

/** Whether the form asks for more than a plain build: what is folded away is shown then. */
export function isSpecial(form: BuildForm): boolean {
  const { moreArgs, labels, platform, network, secrets, sshAgent } = form
  return `${moreArgs}${labels}${platform}${network}` !== '' || secrets.length > 0 || sshAgent
}

/** The same form for a folder that was looked at again: its Dockerfile may have gone meanwhile. */
export function fitForm(folder: BuildFolder, form: BuildForm): BuildForm {
  if (folder.dockerfiles.some(({ path }) => path === form.dockerfile)) return form
  return { ...form, dockerfile: folder.dockerfiles[0]?.path ?? form.dockerfile }
}

/** The tags of the field, and what is wrong with which of them. */
export interface ParsedTags {
  readonly tags: readonly string[]
  readonly fault?: { readonly tag: string; readonly kind: 'upper-case' | 'digest' | 'invalid' }
}

/** Reads the field of tags: commas or spaces stand between them, each counts once. Source: the contract's own rule. */
export function parseTags(text: string): ParsedTags {
  const tags = [...new Set(text.split(/[\s,]+/).filter(Boolean))]
  for (const tag of tags) {
    const kind = faultOf(tag)
    if (kind) return { tags, fault: { tag, kind } }
  }
  return { tags }
}

function faultOf(tag: string): 'upper-case' | 'digest' | 'invalid' | undefined {
  const reference = tryParseReference(tag)
  if (reference) {
    if (reference.digest !== undefined) return 'digest'
    return tag.length > 512 ? 'invalid' : undefined
  }
  return tryParseReference(tag.toLowerCase()) ? 'upper-case' : 'invalid'
}

/** A tag as the lists of images write it: `web` is `web:latest`. */
export function fullTag(tag: string): string {
  const reference = tryParseReference(tag)
  return reference ? familiarReference(withDefaultTag(reference)) : tag
}

/** The stages that a build can stop at before the last one. */
export function targetsOf({
  stages
}: DockerfileSummary): readonly { readonly value: string; readonly base: string }[] {
  return stages
    .slice(0, -1)
    .map(({ name, index, base }) => ({ value: name ?? String(index), base }))
}

/** The build arguments that a Dockerfile declares, each once; the first default that is written counts. */
export function argsOf({
  args
}: DockerfileSummary): readonly { readonly name: string; readonly defaultValue?: string }[] {
  const byName = new Map<string, string | undefined>()
  for (const { name, defaultValue } of args) {
    byName.set(name, byName.get(name) ?? defaultValue)
  }
  return [...byName].map(([name, defaultValue]) => ({
    name,
    ...(defaultValue !== undefined && { defaultValue })
  }))
}

function undeclared(
  args: Readonly<Record<string, string>>,
  dockerfile: DockerfileSummary | undefined
): Readonly<Record<string, string>> {
  const declared = new Set(dockerfile ? argsOf(dockerfile).map(({ name }) => name) : [])
  return Object.fromEntries(Object.entries(args).filter(([name]) => !declared.has(name)))
}

function linesOf(pairs: Readonly<Record<string, string>>): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

/** Lines of `name=value`: the pairs, and the first line that is none. */
export function parsePairs(text: string): {
  readonly pairs: Readonly<Record<string, string>>
  readonly fault?: string
} {
  const pairs: Record<string, string> = {}
  let fault: string | undefined
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [, name, value = ''] = /^\s*([^\s=]+)=(.*)$/.exec(line) ?? []
    if (name === undefined) fault ??= line.trim()
    else pairs[name] = value
  }
  return { pairs, ...(fault !== undefined && { fault }) }
}

/** Of what the fields hold, what no build can be asked: the field's name, and the word at fault. */
export function faultOfForm(form: BuildForm):
  | {
      readonly field: 'moreArgs' | 'labels' | 'platform' | 'secrets' | 'variable'
      readonly text: string
    }
  | undefined {
  const args = parsePairs(form.moreArgs).fault
  if (args !== undefined) return { field: 'moreArgs', text: args }
  const labels = parsePairs(form.labels).fault
  if (labels !== undefined) return { field: 'labels', text: labels }
  if (form.platform !== '' && !PLATFORM.test(form.platform))
    return { field: 'platform', text: form.platform }
  const ids = form.secrets.map(({ id }) => id)
  const bad = ids.find((id, at) => !SECRET_ID.test(id) || ids.indexOf(id) !== at)
  if (bad !== undefined) return { field: 'secrets', text: bad }
  const unnamed = form.secrets.find(({ from }) => from.kind === 'env' && !VARIABLE.test(from.name))
  return unnamed && { field: 'variable', text: unnamed.id }
}

// The contract's own rules.
const PLATFORM = /^[a-z0-9]+(?:\/[a-z0-9_.]+){0,2}$/
const VARIABLE = /^[A-Za-z_]\w{0,255}$/
const SECRET_ID = /^[A-Za-z0-9][\w.-]{0,127}$/

/** The options that the fields ask for. What does not belong to the chosen Dockerfile is left out. */
export function toOptions(folder: BuildFolder, form: BuildForm): BuildOptions {
  const dockerfile = folder.dockerfiles.find(({ path }) => path === form.dockerfile)
  const args = dockerfile ? argsOf(dockerfile) : []
  const isStage = dockerfile && targetsOf(dockerfile).some(({ value }) => value === form.target)
  const buildArgs = Object.fromEntries(
    args.flatMap(({ name }) => {
      const value = form.buildArgs[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    })
  )
  const labels = parsePairs(form.labels).pairs
  const isClassic = form.builder === 'classic'
  return {
    contextPath: folder.path,
    dockerfile: form.dockerfile,
    tags: parseTags(form.tags).tags,
    ...(isStage && { target: form.target }),
    buildArgs: { ...parsePairs(form.moreArgs).pairs, ...buildArgs },
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(form.platform !== '' && { platform: form.platform }),
    ...(form.network !== '' && { network: form.network }),
    ...(form.secrets.length > 0 && !isClassic && { secrets: form.secrets }),
    ...(form.sshAgent && !isClassic && { sshAgent: true }),
    noCache: !form.useCache,
    pull: form.pull,
    ...(form.builder !== 'automatic' && { builder: form.builder })
  }
}
