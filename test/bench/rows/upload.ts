import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildImage } from '../../../src/main/builds/operations'
import { Engine } from '../../../src/main/engine/engine'
import { parseAddress } from '../../../src/shared/engines/address'
import { docker, LABEL_ARGS, testEngine, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'

const MB = 1_000_000
/** No step of the build does anything: what is measured is reading, packing, sending, and the engine's unpacking. */
const DOCKERFILE = 'FROM scratch\nCOPY tiny.txt /tiny.txt\n'

interface Tree {
  readonly name: string
  readonly note: string
  readonly make: (folder: string) => Promise<void>
}

/** A build's upload from our code in plain Node, against the docker CLI's classic builder on the same engine. */
export async function measureUpload(context: BenchContext): Promise<readonly Row[]> {
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  const rows: Row[] = []
  for (const tree of trees(context.isQuick)) rows.push(await measureTree(tree, engine, context))
  return rows
}

async function measureTree(tree: Tree, engine: Engine, context: BenchContext): Promise<Row> {
  const { cleanup, isQuick } = context
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  cleanup.add(remove)
  await writeFile(join(folder, 'Dockerfile'), DOCKERFILE)
  await writeFile(join(folder, 'tiny.txt'), 'tiny\n')
  await tree.make(folder)
  const tag = `${uniqueName('portolan-bench')}:1`
  cleanup.add(() => docker(['rmi', '--force', tag]))
  const rounds = isQuick ? 1 : 5
  const measured = await byTurns(
    rounds,
    () => timed(() => buildOurs(engine, folder, tag)),
    () => timed(() => docker(['build', ...LABEL_ARGS, '-t', tag, folder], { timeoutMs: 600_000 }))
  )
  await remove()
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  const ratio = reference / ours
  return {
    name: `upload: ${tree.name}`,
    ours,
    reference,
    ratio,
    unit: 's',
    aim: 'their time / ours >= 1.0',
    isMet: ratio >= 1,
    note: `${tree.note}; docker build with the classic builder, same engine; ${rounds} rounds by turns: ${spread(measured.ours, 2)} against ${spread(measured.reference, 2)} s`
  }
}

async function buildOurs(engine: Engine, folder: string, tag: string): Promise<void> {
  await buildImage(
    engine,
    {
      contextPath: folder,
      dockerfile: 'Dockerfile',
      tags: [tag],
      buildArgs: {},
      noCache: false,
      pull: false,
      builder: 'classic'
    },
    { signal: new AbortController().signal, onEvent: () => undefined }
  )
}

/** In seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1000
}

function trees(isQuick: boolean): Tree[] {
  const bigBytes = (isQuick ? 100 : 1000) * MB
  const many = isQuick ? 2000 : 20_000
  const ignored = isQuick ? 4000 : 40_000
  return [
    {
      name: 'one big file',
      note: `${bigBytes / MB} MB of random bytes`,
      make: (folder) => writeBigFile(join(folder, 'big.bin'), bigBytes)
    },
    {
      name: 'many small files',
      note: `${many} files of 1 to 4 KB in ${many / 100} folders`,
      make: (folder) => writeFiles(join(folder, 'src'), many)
    },
    {
      name: 'node_modules ignored',
      note: `500 files sent, ${ignored} ignored`,
      make: async (folder) => {
        await writeFile(join(folder, '.dockerignore'), 'node_modules\n')
        await writeFiles(join(folder, 'src'), 500)
        await writeFiles(join(folder, 'node_modules'), ignored)
      }
    }
  ]
}

/** Real bytes: a hole in a file costs nothing to read. */
async function writeBigFile(path: string, bytes: number): Promise<void> {
  const block = randomBytes(10 * MB)
  const file = await open(path, 'w')
  try {
    for (let written = 0; written < bytes; written += block.length) await file.write(block)
  } finally {
    await file.close()
  }
}

/** A hundred files a folder. */
async function writeFiles(folder: string, count: number): Promise<void> {
  const content = randomBytes(4096)
  for (let first = 0; first < count; first += 100) {
    const inside = join(folder, `module-${first / 100}`)
    await mkdir(inside, { recursive: true })
    await Promise.all(
      Array.from({ length: Math.min(100, count - first) }, (_, index) =>
        writeFile(
          join(inside, `file-${index}.js`),
          content.subarray(0, 1024 + ((index * 331) % 3072))
        )
      )
    )
  }
}
