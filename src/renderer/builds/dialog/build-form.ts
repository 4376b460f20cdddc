import type {
  Builder,
  BuildOptions,
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
  /** Relative to the folder. */
  readonly dockerfile: string
  /** Name or number of a stage; empty: the last one. */
  readonly target: string
  /** Only those that were filled in. */
  readonly buildArgs: Readonly<Record<string, string>>
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
    useCache: !(previous?.noCache ?? false),
    pull: previous?.pull ?? false,
    builder: previous?.builder ?? 'automatic'
  }
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
  return {
    contextPath: folder.path,
    dockerfile: form.dockerfile,
    tags: parseTags(form.tags).tags,
    ...(isStage && { target: form.target }),
    buildArgs,
    noCache: !form.useCache,
    pull: form.pull,
    ...(form.builder !== 'automatic' && { builder: form.builder })
  }
}
