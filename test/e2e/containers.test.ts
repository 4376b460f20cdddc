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

/** A container that stays, and ends at once when it is asked to. */
async function runningContainer(args: readonly string[] = []): Promise<string> {
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', ...args],
    command: ['sleep', '100000']
  })
  return name
}

function row(page: Page, name: string) {
  return page.getByRole('row', { name, exact: true })
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await row(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

function lastCommand(page: Page) {
  return page.getByRole('status', { name: 'Last command' })
}

test('shows what is there: state, exit code, image, ports and networks', async ({ launchApp }) => {
  const network = uniqueName('net')
  await createNetwork(cleanup, network)
  const web = await runningContainer(['--publish', '127.0.0.1:18080:80', '--network', network])
  const { name: failed } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['sh', '-c', 'exit 3']
  })
  await docker(['wait', failed])
  const { page } = await launchApp()
  await expect(row(page, web)).toContainText('Running')
  await expect(row(page, web)).toContainText('127.0.0.1:18080→80/tcp')
  await expect(row(page, web)).toContainText(network)
  await expect(row(page, web)).toContainText(imageReference('busybox'))
  await expect(row(page, failed)).toContainText('Exited (3)')
  await page.getByRole('button', { name: 'Running' }).click()
  await expect(row(page, failed)).toHaveCount(0)
  await page.getByRole('button', { name: 'Exited' }).click()
  await expect(row(page, web)).toHaveCount(0)
  await expect(row(page, failed)).toBeVisible()
})

test('shows what another client does', async ({ launchApp }) => {
  const { page } = await launchApp()
  const name = await runningContainer()
  await expect(row(page, name)).toContainText('Running')
  await docker(['pause', name])
  await expect(row(page, name)).toContainText('Paused')
  await docker(['unpause', name])
  await expect(row(page, name)).toContainText('Running')
  await docker(['kill', name])
  await expect(row(page, name)).toContainText('Exited (137)')
  const renamed = uniqueName('renamed')
  await docker(['rename', name, renamed])
  await expect(row(page, renamed)).toBeVisible()
  await docker(['rm', renamed])
  await expect(row(page, renamed)).toHaveCount(0)
})

test('stops, starts, restarts, pauses, kills and removes, and shows each docker command', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await choose(page, name, 'Pause')
  await expect(row(page, name)).toContainText('Paused')
  await expect(lastCommand(page)).toHaveText(`docker pause ${name}`)
  await choose(page, name, 'Unpause')
  await expect(row(page, name)).toContainText('Running')
  await choose(page, name, 'Stop')
  await expect(row(page, name)).toContainText('Exited (143)')
  await expect(lastCommand(page)).toHaveText(`docker stop ${name}`)
  await choose(page, name, 'Start')
  await expect(row(page, name)).toContainText('Running')
  const startedAt = (): Promise<string> =>
    docker(['inspect', '--format', '{{.State.StartedAt}} {{.State.Running}}', name])
  const before = await startedAt()
  await choose(page, name, 'Restart')
  await expect(lastCommand(page)).toHaveText(`docker restart ${name}`)
  await expect.poll(startedAt).not.toBe(before)
  await expect.poll(startedAt).toContain('true')
  await expect(row(page, name)).toContainText('Running')
  await choose(page, name, 'Kill')
  const kill = page.getByRole('dialog', { name: `Kill ${name}?` })
  await expect(kill).toContainText('no time to save')
  await kill.getByRole('button', { name: 'Kill' }).click()
  await expect(row(page, name)).toContainText('Exited (137)')
  await choose(page, name, 'Remove')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(row(page, name)).toHaveCount(0)
  await expect(lastCommand(page)).toHaveText(`docker rm ${name}`)
})

test('removes several, running ones by force, after saying so; volumes stay', async ({
  launchApp
}) => {
  const volume = uniqueName('volume')
  cleanup.add(() => docker(['volume', 'rm', '--force', volume]))
  const names = [await runningContainer(['--volume', `${volume}:/data`]), await runningContainer()]
  const { page } = await launchApp()
  await row(page, names[0] ?? '').click()
  await row(page, names[1] ?? '').click({ modifiers: ['Control'] })
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog', { name: 'Remove 2 containers?' })
  await expect(dialog).toContainText('will be killed first')
  await expect(dialog).toContainText(`These volumes stay: ${volume}`)
  await dialog.getByRole('button', { name: 'Remove' }).click()
  for (const name of names) await expect(row(page, name)).toHaveCount(0)
  expect(await docker(['volume', 'ls', '--quiet'])).toContain(volume)
})

test('does nothing when a question is not agreed to', async ({ launchApp }) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await choose(page, name, 'Remove')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await docker(['inspect', '--format', '{{.State.Status}}', name])).toContain('running')
})

test('is used by keyboard alone', async ({ launchApp }) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await expect(row(page, name)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter Containers' }).fill(name)
  await page.getByRole('grid', { name: 'Containers' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(row(page, name)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Stop', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused()
  await page.keyboard.type(`pause ${name}`)
  await page.keyboard.press('Enter')
  await expect(row(page, name)).toContainText('Paused')
})

test('shows an action’s failure in the engine’s own words', async ({ launchApp }) => {
  const port = 18099
  await runningContainer(['--publish', `127.0.0.1:${port}:80`])
  const second = uniqueName('second')
  await docker([
    'create',
    '--name',
    second,
    '--publish',
    `127.0.0.1:${port}:80`,
    imageReference('busybox')
  ])
  cleanup.add(() => docker(['rm', '--force', second]))
  const { page } = await launchApp()
  await choose(page, second, 'Start')
  const notice = page.getByRole('alert')
  await expect(notice).toContainText('port is already allocated')
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notice).toHaveCount(0)
})

test('inspects', async ({ launchApp }) => {
  const name = await runningContainer(['--label', 'flavour=sour'])
  const { page } = await launchApp()
  await row(page, name).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector).toContainText('flavour=sour')
  await inspector.getByRole('tab', { name: 'Inspect' }).click()
  await expect(inspector.getByRole('tree')).toContainText('NetworkSettings')
})
