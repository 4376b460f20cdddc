import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  uniqueName
} from '../engine/context'
import { expect, test } from './app'
import { cell, hub, inspector, lastCommand, node, openNetworks, startSweep } from './chart-page'

/** How long the engine may take over a connection or a sweep on a busy machine. */
const ENGINE = { timeout: 60_000 }

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function running(name: string, args: readonly string[]): Promise<void> {
  await runContainer(cleanup, {
    image: imageReference('busybox'),
    name,
    args: ['--init', ...args],
    command: ['sleep', '100000']
  })
}

interface Attached {
  readonly Aliases: readonly string[] | null
  readonly IPAMConfig: { readonly IPv4Address?: string } | null
}

async function networksOf(name: string): Promise<Readonly<Record<string, Attached>>> {
  const format = '{{json .NetworkSettings.Networks}}'
  return JSON.parse(await docker(['inspect', '--format', format, name])) as Record<string, Attached>
}

test('takes back a connection, and a disconnection with its names and fixed address', async ({
  launchApp
}) => {
  const [one, two, web] = [uniqueName('one'), uniqueName('two'), uniqueName('web')]
  await createNetwork(cleanup, one)
  await createNetwork(cleanup, two, ['--subnet', '10.78.0.0/24'])
  await running(web, ['--network', one])
  await docker(['network', 'connect', '--alias', 'shop', '--ip', '10.78.0.9', two, web])
  const { page } = await launchApp()
  await openNetworks(page)
  const isOnBoth = new RegExp(`${one} [\\d.]+, ${two} 10\\.78\\.0\\.9$`)
  await expect(node(page, web)).toHaveAccessibleName(isOnBoth)
  await node(page, web).click({ button: 'right' })
  await page.getByRole('menuitem', { name: `Disconnect from ${two}` }).click()
  await expect(node(page, web)).toHaveAccessibleName(new RegExp(`on ${one} [\\d.]+$`), ENGINE)
  await page.getByRole('button', { name: `Undo: Connect ${web} to ${two}` }).click()
  await expect(node(page, web)).toHaveAccessibleName(isOnBoth, ENGINE)
  await expect(lastCommand(page)).toHaveText(
    `docker network connect --alias shop --ip 10.78.0.9 ${two} ${web}`
  )
  const restored = (await networksOf(web))[two]
  expect(restored?.Aliases).toContain('shop')
  expect(restored?.IPAMConfig?.IPv4Address).toBe('10.78.0.9')

  await node(page, web).click({ button: 'right' })
  await page.getByRole('menuitem', { name: `Disconnect from ${one}` }).click()
  await expect(node(page, web)).toHaveAccessibleName(
    new RegExp(`on ${two} 10\\.78\\.0\\.9$`),
    ENGINE
  )
  await page.keyboard.press('Control+z')
  await expect(node(page, web)).toHaveAccessibleName(isOnBoth, ENGINE)
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveCount(0)
})

test('finds, shows a neighbourhood and a published port, and saves the chart as pictures', async ({
  launchApp
}) => {
  const [net, far] = [uniqueName('net'), uniqueName('far')]
  const [web, db, other] = [uniqueName('web'), uniqueName('db'), uniqueName('other')]
  await createNetwork(cleanup, net)
  await createNetwork(cleanup, far)
  await running(web, ['--network', net, '--publish', '127.0.0.1::80'])
  await running(db, ['--network', net])
  await running(other, ['--network', far])
  const [, port] = (await docker(['port', web, '80'])).trim().split(':')
  const { app, page } = await launchApp()
  await openNetworks(page)
  const published = page.getByRole('button', {
    name: `Port 127.0.0.1:${port} of the host leads to port 80/tcp of ${web}`
  })
  await expect(published).toBeVisible()
  await expect(node(page, other)).toBeVisible()
  await published.click()
  await expect(inspector(page).getByRole('heading', { name: web })).toBeVisible()
  await inspector(page).getByRole('button', { name: 'Show its neighbourhood' }).click()
  await expect(node(page, db)).toBeVisible()
  await expect(node(page, other)).toHaveCount(0)
  await expect(hub(page, far)).toHaveCount(0)
  await page.getByRole('button', { name: `Around ${web}: show everything again` }).click()
  await expect(node(page, other)).toBeVisible()
  const filter = page.getByRole('searchbox', { name: 'Filter Networks' })
  await filter.fill(other)
  await expect(node(page, web)).toHaveCount(0)
  await expect(node(page, other)).toBeVisible()
  await filter.press('Escape')
  await expect(node(page, web)).toBeVisible()

  const folder = await mkdtemp(join(tmpdir(), 'portolan-chart-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  for (const kind of ['svg', 'png']) {
    const file = join(folder, `chart.${kind}`)
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    await page.getByRole('button', { name: 'Save the chart as a picture' }).click()
    await page.getByRole('menuitem', { name: `Save as ${kind.toUpperCase()}…` }).click()
    await expect.poll(() => readFile(file).catch(() => Buffer.of())).not.toHaveLength(0)
    const saved = await readFile(file)
    if (kind === 'png') expect(saved.subarray(1, 4).toString()).toBe('PNG')
    else {
      const svg = saved.toString()
      expect(svg).toContain(web)
      expect(svg).not.toMatch(/<script|\son\w+=|href=|url\((?!["']?#)|<foreignObject/i)
    }
  }
})

test('follows a pair, looks at it closely, and tells what changed between sweeps', async ({
  launchApp
}) => {
  test.slow()
  const [net, web, db] = [uniqueName('net'), uniqueName('web'), uniqueName('db')]
  await createNetwork(cleanup, net)
  await running(web, ['--network', net])
  await running(db, ['--network', net])
  const { page } = await launchApp()
  await openNetworks(page)
  await page.getByRole('searchbox', { name: 'Filter Networks' }).fill(net)
  await startSweep(page)
  await page.getByRole('button', { name: 'What it may do…' }).click(ENGINE)
  const question = page.getByRole('dialog', {
    name: 'Measure with the quick helper on this engine?'
  })
  await question.getByRole('button', { name: 'Allow the helper' }).click()
  await expect(page.getByRole('button', { name: 'What it may do…' })).toHaveCount(0)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  await cell(page, new RegExp(`^${web} reaches ${db} in`)).click(ENGINE)
  const panel = inspector(page)
  await panel.getByRole('textbox', { name: 'TCP ports to try' }).fill('81')
  await panel.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(panel.getByRole('table', { name: 'TCP ports' })).toContainText(
    /81\s*refused/,
    ENGINE
  )
  await expect(panel).toContainText('Measured by the privileged helper')
  await expect(panel).toContainText(`(${net}): docker lets them through`)

  await page.getByRole('button', { name: 'Follow', exact: true }).click()
  await expect(
    panel.getByRole('img', { name: `Round trips from ${web} to ${db} in the last minute` })
  ).toBeVisible(ENGINE)
  await page.getByRole('button', { name: 'Stop following' }).click()

  // It would no longer be found by the network that it leaves.
  await page.getByRole('searchbox', { name: 'Filter Networks' }).fill('')
  await docker(['network', 'disconnect', net, db])
  await startSweep(page)
  await expect(cell(page, new RegExp(`^${web} cannot reach ${db}`))).toBeVisible(ENGINE)
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(
    panel
      .getByRole('listitem')
      .filter({ hasText: `${db} left ${net}` })
      .first()
  ).toHaveText(new RegExp(`no longer reaches .*: ${db} left ${net}`), ENGINE)
})
