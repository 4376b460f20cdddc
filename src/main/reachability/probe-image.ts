import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { PortolanError } from '../../shared/bridge/errors'
import { HELPER_LABEL } from '../../shared/reachability/helper'
import type { Engine } from '../engine/engine'

const REPOSITORY = 'portolan-probe'
const OPERATION = 'reachability.loadProbe'

/** The image that carries the probe: the same bytes, id and tag on every machine. */
export interface ProbeImage {
  /** `portolan-probe:` and the start of the id: a new probe is a new tag. */
  readonly reference: string
  /** `sha256:` of the image's configuration, which is the engine's id of it. */
  readonly id: string
  /** A docker-archive tar, for `POST /images/load`. */
  readonly archive: Buffer
}

/**
 * Makes the probe's image in memory from `probe-amd64` or `probe-arm64` in `folder`. `arch` is the engine's, in Go's words.
 * Errors: `unsupported` for another architecture. Source: the docker-archive layout, moby `image/spec/v1.2.md`.
 */
export async function buildProbeImage(folder: string, arch: string): Promise<ProbeImage> {
  if (arch !== 'amd64' && arch !== 'arm64') {
    throw new PortolanError({
      code: 'unsupported',
      message: `The probe was not built for engines on ${arch}.`,
      operation: OPERATION
    })
  }
  const program = await readFile(join(folder, `probe-${arch}`))
  const layer = await tarOf([{ name: 'portolan-probe', bytes: program, mode: 0o755 }])
  const configuration = Buffer.from(
    JSON.stringify({
      architecture: arch,
      os: 'linux',
      created: '1970-01-01T00:00:00Z',
      config: { Entrypoint: ['/portolan-probe'], Labels: { [HELPER_LABEL]: 'probe' } },
      rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
      history: [{ created: '1970-01-01T00:00:00Z', created_by: 'portolan' }]
    })
  )
  const digest = sha256(configuration)
  const reference = `${REPOSITORY}:${digest.slice(0, 12)}`
  const manifest = [{ Config: `${digest}.json`, RepoTags: [reference], Layers: ['layer.tar'] }]
  const archive = await tarOf([
    { name: 'layer.tar', bytes: layer, mode: 0o644 },
    { name: `${digest}.json`, bytes: configuration, mode: 0o644 },
    { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest)), mode: 0o644 }
  ])
  return { reference, id: `sha256:${digest}`, archive }
}

/**
 * Loads the probe's image where the engine does not have it, and removes those of earlier versions. Needs no network.
 * Source: `GET /images/{name}/json`, `POST /images/load`. Errors: `stream-failed`, as `Engine.do`.
 */
export async function ensureProbeImage(engine: Engine, image: ProbeImage): Promise<void> {
  if (await hasImage(engine, image.reference)) return
  await engine.do({ operation: OPERATION }, async (docker) => {
    const answer = await docker.loadImage(Readable.from([image.archive]), { quiet: true })
    const said = await text(answer)
    // The engine reports a failed load inside a 200.
    if (!said.includes('"error"')) return
    throw new PortolanError({
      code: 'stream-failed',
      message: 'The engine refused the probe’s image.',
      engineMessage: said.slice(0, 1000),
      operation: OPERATION
    })
  })
  await removeOlder(engine, image)
}

async function hasImage(engine: Engine, reference: string): Promise<boolean> {
  try {
    await engine.do({ operation: OPERATION }, (docker) => docker.getImage(reference).inspect())
    return true
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return false
    throw thrown
  }
}

async function removeOlder(engine: Engine, image: ProbeImage): Promise<void> {
  const filters = { label: [`${HELPER_LABEL}=probe`] }
  const images = await engine.do({ operation: OPERATION }, (docker) =>
    docker.listImages({ filters })
  )
  const older = images.filter(({ RepoTags }) => !RepoTags?.includes(image.reference))
  for (const { Id } of older) {
    try {
      await engine.do({ operation: OPERATION }, (docker) => docker.getImage(Id).remove())
    } catch (thrown) {
      // Another window's sweep may still run from it: the next load tries again.
      if (!(thrown instanceof PortolanError) || !['conflict', 'not-found'].includes(thrown.code))
        throw thrown
    }
  }
}

interface TarEntry {
  readonly name: string
  readonly bytes: Buffer
  readonly mode: number
}

async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack()
  for (const { name, bytes, mode } of entries) {
    archive.entry({ name, mode, mtime: new Date(0), uid: 0, gid: 0 }, bytes)
  }
  archive.finalize()
  return buffer(archive)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
