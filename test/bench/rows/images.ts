import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import type { Page } from '@playwright/test'
import { pack } from 'tar-stream'
import { Engine } from '../../../src/main/engine/engine'
import { parseAddress } from '../../../src/shared/engines/address'
import { docker, TEST_LABEL, testEngine, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import type { Row } from '../report'
import { median, spread } from '../statistics'
import { openWindow } from '../window'

const ROUNDS = 5
const REMOVED_AT_ONCE = 8

/** The list of thousands of images: until it is seen, and until it is filtered, against what `docker images` takes for the same. */
export async function measureImages(context: BenchContext): Promise<readonly Row[]> {
  const count = context.isQuick ? 300 : 5000
  const { tags, name } = await loadImages(context, count)
  const page = await openWindow(context)
  const button = page.getByRole('button', { name: 'Images' })
  await button.waitFor()
  await page.getByRole('button', { name: 'Images' }).getByText(String(count)).first().waitFor()
  const paints: number[] = []
  const filters: number[] = []
  const lists: number[] = []
  const greps: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await page.getByRole('button', { name: 'Containers' }).click()
    paints.push(await paintMs(page))
    filters.push(await filterMs(page, `${name}-1${round}`))
    await page.getByRole('searchbox', { name: 'Filter Images' }).fill('')
    lists.push(await timed(() => docker(['images'])))
    greps.push(await timed(() => docker(['images', '--filter', `reference=*${name}-1${round}*`])))
  }
  const row = (what: string, ours: number[], reference: number[], limitMs: number): Row => ({
    name: `images: ${what}`,
    ours: median(ours),
    reference: median(reference),
    ratio: median(ours) / median(reference),
    unit: 'ms',
    aim: `ours <= ${limitMs} ms`,
    isMet: median(ours) <= limitMs,
    note: `${tags.length} images; ${spread(ours, 0)} against ${spread(reference, 0)} ms of docker images`
  })
  return [
    row('first paint of the list', paints, lists, 300),
    row('filtered by a text', filters, greps, 100)
  ]
}

/** From the click until the list has been painted. */
function paintMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const button = [...document.querySelectorAll('nav button, aside button, button')].find((each) =>
      each.textContent?.startsWith('Images')
    )
    const startedMs = performance.now()
    ;(button as HTMLElement).click()
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    while (!document.querySelector('[role=grid][aria-label=Images] .table-row')) await frame()
    await frame()
    return performance.now() - startedMs
  })
}

/** From the text until the rows that have it have been painted. */
function filterMs(page: Page, wanted: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const input = document.querySelector<HTMLInputElement>('input[aria-label="Filter Images"]')
    const grid = document.querySelector('[role=grid][aria-label=Images]')
    if (!input || !grid) throw new Error('there is no list')
    const before = grid.getAttribute('aria-rowcount')
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
    const startedMs = performance.now()
    value?.set?.call(input, wanted)
    input.dispatchEvent(new Event('input', { bubbles: true }))
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
    while (grid.getAttribute('aria-rowcount') === before) await frame()
    await frame()
    return performance.now() - startedMs
  }, wanted)
}

/** Images of one layer that they share, each with a configuration of its own: one archive loads them all. */
async function loadImages(
  { cleanup }: BenchContext,
  count: number
): Promise<{ readonly tags: readonly string[]; readonly name: string }> {
  const engine = await Engine.connect('bench', parseAddress(testEngine().dockerHost))
  const name = uniqueName('bench')
  const layer = await tarOf([['f', 'f']])
  const digest = createHash('sha256').update(layer).digest('hex')
  const tags = Array.from({ length: count }, (_, at) => `team/${name}-${at}:1`)
  const configs = tags.map((tag) =>
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      created: '2024-01-01T00:00:00Z',
      config: { Cmd: [tag], Labels: { [TEST_LABEL]: 'bench' } },
      rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
      history: [{ created: '2024-01-01T00:00:00Z', created_by: tag }]
    })
  )
  cleanup.add(() => removeAll(engine, tags))
  const manifest = tags.map((tag, at) => ({
    Config: `${at}.json`,
    RepoTags: [tag],
    Layers: ['layer.tar']
  }))
  const archive = await tarOf([
    ['layer.tar', layer],
    ...configs.map((config, at) => [`${at}.json`, config] as const),
    ['manifest.json', JSON.stringify(manifest)]
  ])
  await engine.do({ operation: 'bench' }, async (it) =>
    text((await it.loadImage(Readable.from([archive]))) as Readable)
  )
  return { tags, name }
}

async function removeAll(engine: Engine, tags: readonly string[]): Promise<void> {
  const waiting = tags.values()
  const worker = async (): Promise<void> => {
    for (const tag of waiting)
      await engine
        .do({ operation: 'bench' }, (it) => it.getImage(tag).remove())
        .catch(() => undefined)
  }
  await Promise.all(Array.from({ length: REMOVED_AT_ONCE }, worker))
}

function tarOf(
  files: readonly (readonly [name: string, content: Buffer | string])[]
): Promise<Buffer> {
  const archive = pack()
  for (const [name, content] of files) archive.entry({ name }, content)
  archive.finalize()
  return buffer(archive)
}

/** In ms. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}
