import type { Page } from '@playwright/test'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  uniqueName
} from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function show(page: Page, name: string) {
  await page.getByRole('row', { name, exact: true }).click()
  return page.getByRole('article', { name })
}

test('says why a container ended, and how long it lived', async ({ launchApp }) => {
  const failed = await runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['sh', '-c', 'exit 3']
  })
  const hungry = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--memory', '6m'],
    command: ['sh', '-c', 'tail /dev/zero']
  })
  await docker(['wait', failed.name, hungry.name])
  const { page } = await launchApp()
  const life = (await show(page, failed.name)).getByRole('region', { name: 'Life' })
  await expect(life).toContainText('a fault of its own (exit code 3)')
  await expect(life).toContainText('It lived')
  const other = (await show(page, hungry.name)).getByRole('region', { name: 'Life' })
  await expect(other).toContainText('Out of memory: it needed more than its limit, 6.29 MB')
})

test('shows health, ports as links, networks, mounts and the environment, its secrets masked', async ({
  launchApp
}) => {
  const network = uniqueName('net')
  await createNetwork(cleanup, network)
  const volume = uniqueName('volume')
  cleanup.add(() => docker(['volume', 'rm', '--force', volume]))
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: [
      '--init',
      '--network',
      network,
      '--network-alias',
      'harbour',
      '--publish',
      '127.0.0.1:18123:80',
      '--volume',
      `${volume}:/data:ro`,
      '--env',
      'DB_PASSWORD=hunter2',
      '--env',
      'MODE=calm',
      '--restart',
      'on-failure:3',
      '--label',
      'flavour=sour',
      '--health-cmd',
      'echo seaworthy',
      '--health-interval',
      '1s'
    ],
    command: ['sleep', '100000']
  })
  const { app, page } = await launchApp()
  const details = await show(page, name)
  await expect(details.getByRole('list', { name: 'Health checks' })).toContainText('seaworthy')
  await expect(details).toContainText('on-failure:3')
  const reach = details.getByRole('region', { name: 'Ports, networks, mounts' })
  await expect(reach).toContainText(network)
  await expect(reach).toContainText('harbour')
  await expect(reach).toContainText(volume)
  await expect(reach).toContainText('read-only')
  await expect(details.getByRole('region', { name: 'Labels' })).toContainText('flavour=sour')
  const env = details.getByRole('region', { name: 'Environment' })
  await expect(env).toContainText('MODE=calm')
  await expect(env).not.toContainText('hunter2')
  await env.getByRole('button', { name: 'Show secrets' }).click()
  await expect(env).toContainText('DB_PASSWORD=hunter2')
  await details.getByRole('button', { name: 'Measure' }).click()
  await expect(details.getByRole('status')).toContainText(/\d+ k?B/)
  // Not in this machine's browser.
  await app.evaluate(({ shell }) => {
    shell.openExternal = async (url) => void Object.assign(globalThis, { openedUrl: url })
  })
  await reach.getByRole('button', { name: '127.0.0.1:18123→80/tcp' }).click()
  await expect
    .poll(() => app.evaluate(() => (globalThis as { openedUrl?: string }).openedUrl))
    .toBe('http://127.0.0.1:18123/')
  // What changes is read anew.
  await docker(['network', 'disconnect', network, name])
  await expect(reach).not.toContainText('harbour')
  await details.getByRole('button', { name: imageReference('busybox') }).click()
  await expect(page.getByRole('grid', { name: 'Images' })).toBeVisible()
})

test('searches in the engine’s JSON, and compares two containers', async ({ launchApp }) => {
  const image = imageReference('busybox')
  const one = await runContainer(cleanup, {
    image,
    args: ['--init', '--env', 'MODE=calm', '--env', 'ONLY=here'],
    command: ['sleep', '100000']
  })
  const two = await runContainer(cleanup, {
    image,
    args: ['--init', '--env', 'MODE=storm'],
    command: ['sleep', '100000']
  })
  const { page } = await launchApp()
  const details = await show(page, one.name)
  await details.getByRole('tab', { name: 'Inspect' }).click()
  const tree = details.getByRole('tree')
  await expect(tree.getByRole('treeitem')).not.toHaveCount(0)
  await details.getByRole('searchbox', { name: 'Search keys and values' }).fill('only=here')
  const hit = tree.getByRole('treeitem', { selected: true })
  await expect(hit).toContainText('ONLY=here')
  await expect(hit).toContainText('.Config.Env[')
  await expect(details.getByText('1 / 1')).toBeVisible()
  await details.getByRole('searchbox').fill('restart')
  await expect(details.getByText(/^1 \/ \d+$/)).toBeVisible()
  await details.getByRole('button', { name: 'Next hit' }).click()
  await expect(details.getByText(/^2 \/ \d+$/)).toBeVisible()
  await tree.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await expect(tree.getByRole('treeitem')).toHaveCount(1)
  await details.getByRole('button', { name: 'Raw' }).click()
  await expect(details.getByText('"NetworkSettings": {')).toBeVisible()
  await details.getByRole('combobox', { name: 'Compare with' }).selectOption(two.name)
  const list = details.getByRole('list', { name: `${one.name} against ${two.name}` })
  await expect(list.getByRole('listitem').filter({ hasText: '.Config.Env.MODE' })).toContainText(
    'storm'
  )
  const removed = list.getByRole('listitem').filter({ hasText: '.Config.Env.ONLY' })
  await expect(removed.getByRole('img', { name: 'removed' })).toBeVisible()
  await expect(list).not.toContainText('SandboxKey')
  await details.getByRole('checkbox', { name: /Leave out ids/ }).uncheck()
  await expect(list).toContainText('SandboxKey')
})
