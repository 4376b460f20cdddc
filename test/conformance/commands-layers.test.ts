import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { ImageFiles } from '../../src/main/layers/image-files'
import { listStrata } from '../../src/main/layers/operations'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import { layersCommands } from '../../src/shared/layers/command'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** An image with a name of a registry's, and layers with and without files. */
async function image(): Promise<{ readonly id: string; readonly tag: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'layers-'))
  cleanup.add(() => rm(folder, { recursive: true }))
  const tag = `localhost:5000/a/b_c:${uniqueName('V1.0_x-')}`
  cleanup.add(() => docker(['rmi', '--force', tag]))
  await writeFile(
    join(folder, 'Dockerfile'),
    `FROM ${imageReference('busybox')}\nRUN echo one > /one\nENV A=1\nRUN rm /one`
  )
  await docker(['build', '--tag', tag, ...LABEL_ARGS, folder])
  const id = (await docker(['image', 'inspect', '--format', '{{.Id}}', tag])).trim()
  return { id, tag }
}

describe(`what the docker CLI ${cli.version} reads of an image’s layers is what we read`, () => {
  it('by docker history', async () => {
    const { id, tag } = await image()
    const told = await runLineWell(formatCommand(layersCommands.history(tag)), { cli })
    const strata = await listStrata(engine, id)
    const lines = told.trim().split('\n').slice(1)
    // The newest first, other than ours.
    expect(lines).toHaveLength(strata.length)
    for (const [at, { createdBy }] of strata.toReversed().entries())
      expect(lines[at]).toContain(createdBy.trim())
  })

  it('by docker save', async () => {
    const { id, tag } = await image()
    const told = await runLineWell(layersCommands.read(tag), { cli })
    const files = await ImageFiles.read(engine, id, new AbortController().signal, () => undefined)
    await files.close()
    const layers = told
      .split('\n')
      .filter((line) => /layer\.tar( -> .*)?$|^\S+ +\S+ +\d+ .* blobs\/sha256\/\w+$/.test(line))
    // In the OCI layout the manifest and the configuration are among the blobs.
    expect(layers.length).toBeGreaterThanOrEqual(files.summary.layers.length)
  })
})
