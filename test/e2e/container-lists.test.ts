import type { Locator, Page } from '@playwright/test'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  uniqueName
} from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** Containers of one name, told apart by a digit, so that the text finds them and no other. */
async function several(
  count: number,
  args: readonly string[] = [],
  command: readonly string[] = ['sleep', '100000']
): Promise<{ readonly prefix: string; readonly names: readonly string[] }> {
  const prefix = uniqueName('lot')
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
  await Promise.all(
    names.map((name) =>
      runContainer(cleanup, {
        name,
        image: imageReference('busybox'),
        args: ['--init', ...args],
        command
      })
    )
  )
  return { prefix, names }
}

function row(page: Page, name: string) {
  return page.getByRole('row', { name, exact: true })
}

async function find(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Filter Containers' }).fill(text)
}

async function selectAll(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Containers' }).focus()
  await page.keyboard.press('Control+a')
}

async function fromView(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

function lastCommand(page: Page) {
  return page.getByRole('status', { name: 'Last command' })
}

test('does one verb to many with one line, and says once what failed and why', async ({
  launchApp
}) => {
  const { prefix, names } = await several(4)
  const { page } = await launchApp()
  await find(page, prefix)
  await expect(row(page, names[3] ?? '')).toContainText('Running')
  await selectAll(page)
  const tools = page.getByRole('toolbar', { name: 'Actions' })
  await tools.getByRole('button', { name: 'Stop', exact: true }).click()
  for (const name of names) await expect(row(page, name)).toContainText('Exited')
  await expect(lastCommand(page)).toHaveText(`docker stop ${names.join(' ')}`)
  // One cannot be started: its port is taken.
  const owner = await several(1, ['--publish', '127.0.0.1:18211:80'])
  const second = `${prefix}-taken`
  await docker([
    'create',
    '--name',
    second,
    '--publish',
    '127.0.0.1:18211:80',
    ...LABEL_ARGS,
    imageReference('busybox'),
    'sleep',
    '1000'
  ])
  cleanup.add(() => docker(['rm', '--force', second]))
  await expect(row(page, second)).toContainText('Created')
  await selectAll(page)
  await tools.getByRole('button', { name: 'Start', exact: true }).click()
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('Start: 1 of 5 failed')
  await expect(notices).toContainText(`Port 18211 is taken by ${owner.names[0]}.`)
  await expect(notices.getByRole('listitem')).toHaveCount(1)
  for (const name of names) await expect(row(page, name)).toContainText('Running')
  // Retried where the reason is gone.
  await docker(['rm', '--force', owner.names[0] ?? ''])
  await notices.getByRole('button', { name: 'Retry failed' }).click()
  await expect(row(page, second)).toContainText('Running')
  await expect(notices).toHaveCount(0)
})

test('removes what is stopped after showing it all, keeps what is unticked, and gives a receipt', async ({
  launchApp
}) => {
  const { prefix, names } = await several(3, [], ['sh', '-c', 'head -c 200000 /dev/zero > /f'])
  const running = await several(1)
  await docker(['wait', ...names])
  const { page } = await launchApp()
  await find(page, prefix)
  await page.getByRole('button', { name: /^Exited/ }).click()
  for (const name of names) await expect(row(page, name)).toBeVisible()
  await fromView(page, /^Remove all shown \(3\)/)
  const dialog = page.getByRole('dialog', { name: 'Remove all 3 containers shown' })
  await dialog.getByRole('button', { name: 'Measure sizes' }).click()
  await expect(dialog).toContainText('frees 600 kB')
  await dialog.getByRole('checkbox', { name: names[1] ?? '' }).uncheck()
  await expect(dialog).toContainText('2 of 3 picked')
  await expect(dialog).toContainText('frees 400 kB')
  await dialog.getByRole('button', { name: 'Remove 2' }).click()
  await expect(dialog).toContainText('2 containers removed.')
  await expect(dialog).toContainText('No volume is touched.')
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(lastCommand(page)).toHaveText(`docker rm ${names[0]} ${names[2]}`)
  await expect(row(page, names[0] ?? '')).toHaveCount(0)
  await expect(row(page, names[1] ?? '')).toBeVisible()
  await find(page, '')
  await page.getByRole('button', { name: 'All', exact: true }).click()
  await fromView(page, /^Remove stopped containers/)
  const prune = page.getByRole('dialog', { name: /stopped container/ })
  await expect(prune).toContainText(names[1] ?? '')
  await expect(prune).not.toContainText(running.names[0] ?? '')
  await page.keyboard.press('Escape')
  await expect(prune).toHaveCount(0)
})

test('in a small window head and rows move together, and a menu is whole', async ({
  launchApp
}) => {
  const { names } = await several(2)
  const { app, page } = await launchApp()
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(640, 420)
  )
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(640)
  const grid = page.getByRole('grid', { name: 'Containers' })
  const heads = grid.getByRole('columnheader')
  const cells = row(page, names[0] ?? '').getByRole('gridcell')
  const xOf = async (all: Locator): Promise<(number | undefined)[]> =>
    Promise.all((await all.all()).map(async (one) => (await one.boundingBox())?.x))
  expect(await xOf(cells)).toEqual(await xOf(heads))
  await cells.last().scrollIntoViewIfNeeded()
  await expect(heads.last()).toBeInViewport({ ratio: 0.9 })
  await expect(cells.last()).toBeInViewport({ ratio: 0.9 })
  expect(await xOf(cells)).toEqual(await xOf(heads))
  await row(page, names[0] ?? '').click({ button: 'right' })
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toBeInViewport({ ratio: 1 })
})

test('removes by force only what was seen to run', async ({ launchApp }) => {
  const { prefix, names } = await several(2)
  const [running = '', stopped = ''] = names
  await docker(['stop', '--time', '0', stopped])
  const { page } = await launchApp()
  await find(page, prefix)
  await expect(row(page, stopped)).toContainText('Exited')
  await fromView(page, /^Remove all shown \(2\)/)
  const dialog = page.getByRole('dialog', { name: 'Remove all 2 containers shown' })
  await expect(dialog).toContainText('Exited')
  // Somebody starts it while the question is read.
  await docker(['start', stopped])
  await dialog.getByRole('button', { name: 'Remove 2' }).click()
  await expect(dialog).toContainText('1 container removed.')
  await expect(dialog).toContainText(stopped)
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(row(page, running)).toHaveCount(0)
  await expect(row(page, stopped)).toContainText('Running')
})

test('renames by F2, and says who has a name', async ({ launchApp }) => {
  const { prefix, names } = await several(2)
  const { page } = await launchApp()
  await row(page, names[0] ?? '').click()
  await page.keyboard.press('F2')
  const dialog = page.getByRole('dialog', { name: `Rename ${names[0]}` })
  const field = dialog.getByRole('textbox', { name: 'New name' })
  const rename = dialog.getByRole('button', { name: 'Rename' })
  await field.fill('-wrong')
  await expect(dialog).toContainText('Begin with a letter or a digit')
  await expect(rename).toBeDisabled()
  await field.fill(names[1] ?? '')
  await expect(dialog).toContainText(`${names[1]} is taken:`)
  await expect(rename).toBeDisabled()
  const renamed = `${prefix}.renamed`
  cleanup.add(() => docker(['rm', '--force', renamed]))
  await field.fill(renamed)
  await page.keyboard.press('Enter')
  await expect(row(page, renamed)).toBeVisible()
  await expect(lastCommand(page)).toHaveText(`docker rename ${names[0]} ${renamed}`)
})

test('stops with a grace or a signal of one’s own, and says that --rm removes', async ({
  launchApp
}) => {
  const { prefix, names } = await several(1, ['--rm'])
  const deaf = await several(
    1,
    [],
    ['sh', '-c', 'trap "" TERM; trap "exit 7" USR1; while :; do sleep 0.1; done']
  )
  const { page } = await launchApp()
  await find(page, prefix)
  await row(page, names[0] ?? '').click()
  await page
    .getByRole('toolbar', { name: 'Actions' })
    .getByRole('button', { name: 'Stop', exact: true })
    .click()
  const ask = page.getByRole('dialog', { name: `Stop ${names[0]}?` })
  await expect(ask).toContainText(`removes it as soon as it ends: ${names[0]}`)
  await ask.getByRole('button', { name: 'Stop' }).click()
  await expect(row(page, names[0] ?? '')).toHaveCount(0)
  const [name = ''] = deaf.names
  await find(page, name)
  await row(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop with…' }).click()
  const dialog = page.getByRole('dialog', { name: `Stop ${name} with…` })
  await dialog.getByRole('combobox', { name: 'Signal' }).selectOption('USR1')
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect(row(page, name)).toContainText('Exited (7)')
  await expect(lastCommand(page)).toHaveText(`docker kill --signal USR1 ${name}`)
  await docker(['start', name])
  await expect(row(page, name)).toContainText('Running')
  await row(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop with…' }).click()
  await dialog.getByRole('spinbutton', { name: 'Seconds' }).fill('0')
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(row(page, name)).toContainText(/Exited \((137|143)\)/)
  await expect(lastCommand(page)).toHaveText(`docker stop --time 0 ${name}`)
})

test('groups by Compose project, folds and takes groups by keyboard, and keeps a filter by name', async ({
  launchApp
}) => {
  const shop = await several(2, ['--label', 'com.docker.compose.project=shop'])
  const blog = await several(1, ['--label', 'com.docker.compose.project=blog'])
  const { page, userDataDir, close } = await launchApp()
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await page.getByRole('menuitemradio', { name: 'Compose project' }).click()
  const grid = page.getByRole('treegrid', { name: 'Containers' })
  const head = page.getByRole('row', { name: 'shop (2)' })
  await expect(head).toHaveAttribute('aria-expanded', 'true')
  await row(page, shop.names[1] ?? '').click()
  await grid.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(head).toHaveAttribute('aria-expanded', 'false')
  await expect(row(page, shop.names[0] ?? '')).toHaveCount(0)
  await page.keyboard.press('Space')
  await expect(head).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByText(/^2 of \d+ selected$/)).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(row(page, shop.names[0] ?? '')).toHaveAttribute('aria-selected', 'true')
  await find(page, blog.prefix)
  await fromView(page, 'Save what is shown…')
  const dialog = page.getByRole('dialog', { name: 'Save this filter' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('the blog')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await close()
  const again = await launchApp({ userDataDir })
  await expect(row(again.page, shop.names[0] ?? '')).toBeVisible()
  await again.page.getByRole('button', { name: 'View', exact: true }).click()
  await again.page.getByRole('menuitemcheckbox', { name: 'the blog' }).click()
  await expect(row(again.page, shop.names[0] ?? '')).toHaveCount(0)
  await expect(again.page.getByRole('row', { name: 'blog (1)' })).toBeVisible()
})
