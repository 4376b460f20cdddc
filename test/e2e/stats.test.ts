import type { Page } from '@playwright/test'
import { createCleanup, docker, imageReference, runContainer } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** The first sample comes with the second second of a busy machine. */
const PATIENCE = { timeout: 20_000 }
const MIB = 1024 ** 2

async function running(args: readonly string[] = []): Promise<string> {
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

function inspector(page: Page) {
  return page.getByRole('complementary', { name: 'Inspector' })
}

function lastCommand(page: Page) {
  return page.getByRole('status', { name: 'Last command' })
}

async function openTab(page: Page, name: string, tab: string): Promise<void> {
  await row(page, name).click()
  await inspector(page).getByRole('tab', { name: tab }).click()
}

test('shows what containers use in their list, and nothing of one that does not run', async ({
  launchApp
}) => {
  const [web, gone] = [await running(), await running()]
  await docker(['kill', gone])
  const { page } = await launchApp()
  await expect(page.getByRole('columnheader', { name: 'CPU' })).toBeVisible()
  const cell = (name: string, index: number) => row(page, name).getByRole('gridcell').nth(index)
  await expect(cell(web, 2)).toHaveText(/^\d+\.\d %$/, PATIENCE)
  await expect(cell(web, 3)).toHaveText(/^[\d.]+ (KiB|MiB)$/, PATIENCE)
  await expect(cell(gone, 2)).toHaveText('')
  await docker(['start', gone])
  await expect(cell(gone, 3)).toHaveText(/^[\d.]+ (KiB|MiB)$/, PATIENCE)
})

test('shows a container’s curves and its limit, and changes the limit in place', async ({
  launchApp
}) => {
  const name = await running(['--memory', '64m'])
  const { page } = await launchApp()
  await openTab(page, name, 'Stats')
  await expect(lastCommand(page)).toHaveText(`docker stats ${name}`)
  const memory = inspector(page).getByRole('figure', { name: 'Memory' })
  await expect(memory).toContainText('limit 64 MiB', PATIENCE)
  await expect(memory).toContainText(/Memory: now [\d.]+ (KiB|MiB), highest/, PATIENCE)
  for (const title of ['CPU', 'Network', 'Disk', 'Processes and threads'])
    await expect(inspector(page).getByRole('figure', { name: title })).toBeVisible()
  await inspector(page).getByRole('button', { name: '1 min' }).click()
  await expect(inspector(page).getByRole('button', { name: '1 min' })).toHaveAttribute(
    'aria-pressed',
    'true'
  )

  await inspector(page).getByRole('button', { name: 'Limits…' }).click()
  const dialog = page.getByRole('dialog', { name: `Limits of ${name}` })
  const field = dialog.getByRole('textbox', { name: 'Memory', exact: true })
  const change = dialog.getByRole('button', { name: 'Change limits' })
  await expect(field).toHaveValue('64m')
  await expect(change).toBeDisabled()
  await field.fill('5m')
  await expect(dialog).toContainText('A container needs 6m at least.')
  await expect(change).toBeDisabled()
  await field.fill('96m')
  await expect(dialog.getByRole('status', { name: 'Command' })).toHaveText(
    `docker update --memory 96m --memory-swap 192m ${name}`
  )
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(lastCommand(page)).toHaveText(
    `docker update --memory 96m --memory-swap 192m ${name}`
  )
  const format = '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}}'
  expect((await docker(['inspect', '--format', format, name])).trim()).toBe(
    `${96 * MIB} ${192 * MIB}`
  )
  await expect(memory).toContainText('limit 96 MiB', PATIENCE)
  // Somebody else's change is seen as well.
  await docker(['update', '--memory', '80m', name])
  await expect(memory).toContainText('limit 80 MiB', PATIENCE)

  await docker(['kill', name])
  await expect(inspector(page)).toContainText('It does not run. These are its last figures.')
  await expect(memory).toContainText(/Memory: now [\d.]+ (KiB|MiB), highest/)
})

test('says in the dialog what the engine refuses', async ({ launchApp }) => {
  const name = await running()
  const { page } = await launchApp()
  await row(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Limits…' }).click()
  const dialog = page.getByRole('dialog', { name: `Limits of ${name}` })
  await dialog.getByRole('textbox', { name: 'CPUs', exact: true }).fill('4000')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Range of CPUs is from')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(await docker(['inspect', '--format', '{{.HostConfig.NanoCpus}}', name])).toBe('0\n')
})

test('lists a container’s processes as a tree, by what takes most, and live', async ({
  launchApp
}) => {
  const name = await running()
  const { page } = await launchApp()
  await openTab(page, name, 'Processes')
  const table = inspector(page).getByRole('table', { name: 'Processes' })
  await expect(lastCommand(page)).toHaveText(/^docker top .* -eo pid,ppid,/)
  await expect(table.getByRole('row').nth(2)).toContainText('sleep 100000')
  // What is executed shows by itself, and that asks for no command.
  await docker(['exec', '--detach', name, 'sleep', '77777'])
  await expect(table).toContainText('sleep 77777')
  const head = table.getByRole('columnheader', { name: 'COMMAND' })
  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await inspector(page).getByRole('checkbox', { name: 'Live, every 2 s' }).check()
  await docker(['exec', name, 'sh', '-c', '(sleep 2; exec sleep 55555) & true'])
  // That it became another was no event: only a new reading tells.
  await expect(table).toContainText('sleep 55555', PATIENCE)
  await inspector(page).getByRole('checkbox', { name: 'Live, every 2 s' }).uncheck()
  await inspector(page).getByRole('button', { name: 'Refresh' }).press('r')
  await expect(table).toContainText('sleep 55555')
  await docker(['kill', name])
  await expect(inspector(page)).toContainText('It does not run, so it has no processes.')
})
