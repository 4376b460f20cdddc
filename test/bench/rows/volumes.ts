import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { helperImage } from '../../../src/main/app/helper-image'
import { Engine } from '../../../src/main/engine/engine'
import { backUp } from '../../../src/main/volumes/backup'
import { LocalArchive } from '../../../src/main/volumes/local-archive'
import { SILENT, withVolume } from '../../../src/main/volumes/mounted'
import { createVolume } from '../../../src/main/volumes/operations'
import { refuseThroughLinks, unpack } from '../../../src/main/volumes/restore'
import { parseAddress } from '../../../src/shared/engines/address'
import { docker, imageReference, LABEL_ARGS, testEngine, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'

const MB = 1_000_000
const LONG_MS = 600_000

/** What a volume holds while it is measured. */
interface Content {
  readonly name: string
  readonly note: string
  readonly megabytes: number
  readonly script: string
}

/** Backup and restoration of a volume from our code in plain Node, against `docker run … tar` of a person. */
export async function measureVolumeCopies(context: BenchContext): Promise<readonly Row[]> {
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  const rows: Row[] = []
  for (const content of contents(context.isQuick))
    rows.push(...(await measureContent(content, engine, context)))
  return rows
}

async function measureContent(
  content: Content,
  engine: Engine,
  context: BenchContext
): Promise<Row[]> {
  const { cleanup, isQuick } = context
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const volume = await newVolume(context)
  await docker(inVolume(volume, 'sh', '-c', content.script), { timeoutMs: LONG_MS })
  const [ours, theirs] = [join(folder, 'ours.tar.gz'), join(folder, 'theirs.tar.gz')]
  const rounds = isQuick ? 1 : 3

  const saved = await byTurns(
    rounds,
    () =>
      timed(async () => {
        await rm(ours, { force: true })
        await backUpOurs(engine, context, volume, ours)
      }),
    () =>
      timed(() =>
        docker(withFolder(volume, folder, `tar -czf /here/theirs.tar.gz -C /v .`), {
          timeoutMs: LONG_MS
        })
      )
  )
  const restored = await byTurns(
    rounds,
    async () => {
      const into = await newVolume(context)
      return timed(() => restoreOurs(engine, context, into, ours))
    },
    async () => {
      const into = await newVolume(context)
      return timed(() =>
        docker(withFolder(into, folder, `tar -xzf /here/theirs.tar.gz -C /v`), {
          timeoutMs: LONG_MS
        })
      )
    }
  )
  await rm(theirs, { force: true })
  return [
    rowOf(`volume backup: ${content.name}`, saved, content, rounds),
    rowOf(`volume restore: ${content.name}`, restored, content, rounds)
  ]
}

function rowOf(
  name: string,
  measured: { readonly ours: readonly number[]; readonly reference: readonly number[] },
  { note, megabytes }: Content,
  rounds: number
): Row {
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  const ratio = reference / ours
  const speed = (seconds: number): string => `${(megabytes / seconds).toFixed(0)} MB/s`
  return {
    name,
    ours,
    reference,
    ratio,
    unit: 's',
    aim: 'their time / ours >= 1.0',
    isMet: ratio >= 1,
    note: `${note}; docker run busybox tar with gzip, same engine, archive on this machine's disk; ours checks the archive too; ${speed(ours)} against ${speed(reference)}; ${rounds} rounds by turns: ${spread(measured.ours, 2)} against ${spread(measured.reference, 2)} s`
  }
}

async function backUpOurs(
  engine: Engine,
  { rootFolder }: BenchContext,
  volume: string,
  local: string
): Promise<void> {
  const options = mounting(volume, 'read', rootFolder)
  await withVolume(engine, options, ({ containerId }) => backUp(engine, containerId, local, WATCH))
}

async function restoreOurs(
  engine: Engine,
  { rootFolder }: BenchContext,
  volume: string,
  local: string
): Promise<void> {
  const archive = await LocalArchive.open(local)
  try {
    const rules = await archive.check(WATCH)
    await withVolume(engine, mounting(volume, 'write', rootFolder), async ({ containerId }) => {
      await refuseThroughLinks(engine, containerId, rules, WATCH.signal)
      await unpack(engine, { containerId, volume }, archive, rules, WATCH)
    })
  } finally {
    await archive.close()
  }
}

const WATCH = { signal: new AbortController().signal, onBytes: () => undefined }

function mounting(volume: string, access: 'read' | 'write', rootFolder: string) {
  const image = (engine: Engine) => helperImage(engine, join(rootFolder, 'resources'))
  return { volume, access, operation: 'bench', image, echo: SILENT }
}

async function newVolume({ cleanup }: BenchContext): Promise<string> {
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  const name = uniqueName('bench')
  cleanup.add(() => docker(['volume', 'rm', '--force', name]))
  await createVolume(engine, { name, driver: 'local', options: {}, labels: {} })
  return name
}

function inVolume(volume: string, ...command: string[]): string[] {
  const mount = ['--volume', `${volume}:/v`, '--workdir', '/v']
  return ['run', '--rm', ...LABEL_ARGS, ...mount, imageReference('busybox'), ...command]
}

function withFolder(volume: string, folder: string, script: string): string[] {
  const [run = '', ...rest] = inVolume(volume, 'sh', '-c', script)
  return [run, '--volume', `${folder}:/here`, ...rest]
}

/** In seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (performance.now() - startedMs) / 1000
}

function contents(isQuick: boolean): Content[] {
  const megabytes = isQuick ? 60 : 600
  const many = isQuick ? 2000 : 20_000
  return [
    {
      name: 'a few large files',
      note: `${megabytes} MB, half of it random and half text`,
      megabytes,
      script: `head -c ${(megabytes * MB) / 2} /dev/urandom > random; yes 'a line of a log, 200 OK, 0.123 s' | head -c ${(megabytes * MB) / 2} > text`
    },
    {
      name: 'many small files',
      note: `${many} files of 2 KB`,
      megabytes: (many * 2048) / MB,
      script: `head -c 2048 /dev/urandom > /seed; for d in $(seq ${many / 100}); do mkdir d$d; for f in $(seq 100); do cp /seed d$d/f$f; done; done`
    }
  ]
}
