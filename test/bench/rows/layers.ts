import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Engine } from '../../../src/main/engine/engine'
import { ImageFiles } from '../../../src/main/layers/image-files'
import { parseAddress } from '../../../src/shared/engines/address'
import { docker, LABEL_ARGS, testEngine, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'

const MB = 1_000_000
const LARGE_FILES = 10
/** Between two looks at our memory, in ms. */
const LOOK_MS = 50

/** The files of an image's layers: our tree of them, against tar listing the same archive. */
export async function measureLayers(context: BenchContext): Promise<readonly Row[]> {
  const { cleanup, isQuick } = context
  const largeBytes = (isQuick ? 100 : 1900) * MB
  const small = isQuick ? 2000 : 20_000
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  const tag = await build(context, largeBytes, small)
  const { Id, Size } = await engine.do({ operation: 'bench' }, (it) => it.getImage(tag).inspect())
  let paths = 0
  const peaks: number[] = []
  const rounds = isQuick ? 1 : 3
  const measured = await byTurns(
    rounds,
    () =>
      timed(async () => {
        const files = await watched(peaks, () =>
          ImageFiles.read(engine, Id, new AbortController().signal, () => undefined)
        )
        paths = files.summary.pathCount
        await files.close()
      }),
    () => timed(() => listByTar(Id))
  )
  await cleanup.run()
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  const peak = Math.max(...peaks)
  const what = `${(Size / MB).toFixed(0)} MB, ${paths} paths, ${rounds} rounds by turns`
  return [
    {
      name: 'layers: tree of an image',
      ours,
      reference,
      ratio: ours / reference,
      unit: 's',
      aim: 'ours <= 1.2 x theirs',
      isMet: ours <= 1.2 * reference,
      note: `${what}: ${spread(measured.ours, 1)} against ${spread(measured.reference, 1)} s of docker save | tar -x --to-command='tar -tv'`
    },
    {
      name: 'layers: memory for it',
      ours: peak / MB,
      reference: Size / MB,
      ratio: peak / Size,
      unit: 'MB',
      aim: 'ours <= 200 MB',
      isMet: peak <= 200 * MB,
      note: 'the most that the process grew by while it read, its thread included; the reference is the size of the image'
    }
  ]
}

async function build(
  { cleanup }: BenchContext,
  largeBytes: number,
  small: number
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  cleanup.add(remove)
  const block = randomBytes(10 * MB)
  await mkdir(join(folder, 'large'))
  for (let at = 0; at < LARGE_FILES; at++) {
    const file = await open(join(folder, 'large', `${at}.bin`), 'w')
    for (let left = largeBytes / LARGE_FILES; left > 0; left -= block.length)
      await file.write(block.subarray(0, Math.min(left, block.length)))
    await file.close()
  }
  for (let at = 0; at < small; at++) {
    const inside = join(folder, 'small', String(Math.floor(at / 100)))
    if (at % 100 === 0) await mkdir(inside, { recursive: true })
    await writeFile(join(inside, `${at}.js`), block.subarray(0, 2000 + (at % 3000)))
  }
  await writeFile(
    join(folder, 'Dockerfile'),
    'FROM scratch\nCOPY large /large\nCOPY small /small\nCOPY small /small\n'
  )
  const tag = `${uniqueName('portolan-bench')}:1`
  cleanup.add(() => docker(['rmi', '--force', tag]))
  await docker(['build', ...LABEL_ARGS, '-t', tag, folder], { timeoutMs: 900_000 })
  await remove()
  return tag
}

async function listByTar(id: string): Promise<void> {
  const line = `docker save ${id} | tar -x --wildcards '*/layer.tar' --to-command='tar -tv' > /dev/null`
  const env = { ...process.env, DOCKER_HOST: testEngine().dockerHost }
  await promisify(execFile)('sh', ['-c', line], { env })
}

/** Notes by how much the process grew, at most, while something was done. */
async function watched<T>(peaks: number[], act: () => Promise<T>): Promise<T> {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, LOOK_MS)
  try {
    return await act()
  } finally {
    clearInterval(timer)
    peaks.push(Math.max(peak, process.memoryUsage.rss()) - before)
  }
}

/** In seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1000
}
