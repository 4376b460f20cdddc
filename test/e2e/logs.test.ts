import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { createCleanup, docker, imageReference, runContainer } from '../engine/context'
import { expect, test, type LaunchedApp } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function container(script: string, args: readonly string[] = []): Promise<string> {
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', ...args],
    command: ['sh', '-c', script]
  })
  return name
}

/** Opens the log on a container's page. */
async function openLog(page: Page, name: string): Promise<Locator> {
  await page.getByRole('row', { name, exact: true }).click()
  await page.getByRole('tab', { name: 'Logs' }).click()
  return page.getByRole('region', { name, exact: true })
}

function lines(log: Locator): Locator {
  return log.getByRole('log')
}

test('shows a log as it comes: streams, colours, seams, and follows until it is scrolled away', async ({
  launchApp
}) => {
  const name = await container(
    'printf "\\033[31mred\\033[0m and plain\\n"; echo bad >&2; i=0; while :; do echo "tick $i"; i=$((i+1)); sleep 0.1; done'
  )
  const { page } = await launchApp()
  const log = await openLog(page, name)
  await expect(lines(log)).toContainText('tick 3')
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker logs --follow --timestamps --tail 1000 ${name}`
  )
  await expect(lines(log)).toContainText('tick 60')
  await lines(log).press('Home')
  await expect(lines(log)).toContainText('red and plain')
  await expect(lines(log).locator('.ansi-1')).toHaveText('red')
  await expect(lines(log).getByText('err', { exact: true })).toBeVisible()
  await expect(log.getByRole('button', { name: /new lines?$/ })).toBeVisible()
  await log.getByRole('button', { name: /new lines?$/ }).click()
  await expect(log.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'true')
  await docker(['kill', name])
  await expect(
    lines(log).getByRole('note').filter({ hasText: 'exited with code 137' })
  ).toBeVisible()
  await docker(['start', name])
  await expect(lines(log).getByRole('note').filter({ hasText: 'started' })).toBeVisible()
  await expect(lines(log).getByText('tick 1', { exact: true })).toBeVisible()
})

test('searches while it follows: hits, next and previous, hits only, one stream, faults said', async ({
  launchApp
}) => {
  const name = await container(
    'seq 1 3000 | sed "s/^/row /"; echo "row bad" >&2; while :; do echo "row live"; sleep 0.2; done'
  )
  const { page } = await launchApp()
  const log = await openLog(page, name)
  await expect(lines(log)).toContainText('row live')
  const search = log.getByRole('searchbox', { name: 'Search' })
  const hits = log.getByRole('status', { name: 'Hits' })
  await search.fill('row 29')
  await expect(hits).toHaveText('100 hits')
  await lines(log).press('Home')
  await expect(hits).toHaveText('111 hits')
  await search.press('Enter')
  await expect(hits).toHaveText('12 of 111')
  await expect(lines(log).locator('[aria-current]')).toContainText('row 2900')
  await search.press('Enter')
  await search.press('Enter')
  await search.press('Shift+Enter')
  await expect(hits).toHaveText('13 of 111')
  await expect(lines(log).locator('[aria-current]')).toContainText('row 2901')
  for (let step = 0; step < 13; step += 1) await search.press('Shift+Enter')
  await expect(hits).toHaveText('111 of 111')

  await log.getByRole('button', { name: 'Regular expression' }).click()
  await search.fill('^ROW 2[9]{3}$')
  await expect(hits).toHaveText('1 hit')
  await log.getByRole('button', { name: 'Match case' }).click()
  await expect(hits).toHaveText('0 hits')
  await log.getByRole('button', { name: 'Match case' }).click()
  await log.getByRole('button', { name: 'Show hits only' }).click()
  await expect(lines(log)).toHaveText(/row 2999$/)

  await search.fill('(')
  await expect(log.getByRole('alert')).toContainText('no regular expression')
  await search.fill('live')
  await expect(lines(log)).not.toContainText('row 2999')
  const before = Number((await hits.innerText()).replace(/\D/g, ''))
  await expect
    .poll(async () => Number((await hits.innerText()).replace(/\D/g, '')))
    .toBeGreaterThan(before)
  await search.fill('')
  await log.getByRole('combobox', { name: 'Streams' }).selectOption('stderr')
  await expect(lines(log)).toHaveText(/row bad$/)
})

test('reads earlier lines, and jumps to a time', async ({ launchApp }) => {
  const name = await container(
    'seq 1 500 | sed "s/^/old /"; sleep 3; seq 1 5000 | sed "s/^/new /"; sleep 100000'
  )
  await expect.poll(() => docker(['logs', name])).toContain('new 5000')
  const { page } = await launchApp()
  const log = await openLog(page, name)
  await expect(log.getByRole('status', { name: 'Lines in the view' })).toHaveText('1,000 lines')
  await log.getByRole('button', { name: 'All from the first' }).click()
  await expect(log.getByRole('status', { name: 'Lines in the view' })).toHaveText('5,500 lines')
  await expect(lines(log)).toContainText('new 5000')
  await log.getByRole('combobox', { name: 'Times' }).selectOption('utc')
  const first = (await docker(['logs', '--timestamps', name])).split('\n')
  const time = first.find((line) => line.endsWith('new 1'))?.slice(0, 19) ?? ''
  await log.getByRole('button', { name: 'Times: since, until, jump' }).click()
  await log.getByLabel('Jump to').fill(time)
  await log.getByRole('button', { name: 'Go' }).click()
  await expect(lines(log).getByText('new 1', { exact: true })).toBeVisible()
  await expect(lines(log).getByText('old 500', { exact: true })).toBeVisible()
  await log.getByRole('textbox', { name: 'Until' }).fill(time)
  await log.getByRole('button', { name: 'Show these' }).click()
  await expect(log.getByRole('status', { name: 'Lines in the view' })).toHaveText('500 lines')
})

test('unfolds JSON and long lines; wraps; copies', async ({ launchApp }) => {
  const name = await container(
    `echo '{"level":"warn","request":{"path":"/a","ms":12}}'; head -c 300000 /dev/zero | tr '\\0' x; echo; sleep 100000`
  )
  const { page, app } = await launchApp()
  const log = await openLog(page, name)
  await expect(lines(log)).toContainText('300 kB in all')
  await log.getByRole('button', { name: 'Unfold the line' }).first().click()
  await expect(lines(log).locator('.json-name').filter({ hasText: 'path' })).toBeVisible()
  await log.getByRole('button', { name: 'Fold the line', exact: true }).click()
  await expect(lines(log).locator('.json-name')).toHaveCount(0)
  await log.getByRole('button', { name: 'Wrap lines' }).click()
  await expect(lines(log)).toContainText('"level":"warn"')
  await lines(log).getByText('"level"').click()
  await log.getByRole('button', { name: 'Copy the selected lines' }).click()
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^\S+Z \{"level":"warn".*\}\n$/)
})

test('merges several containers in one tab of the dock, and saves them', async ({
  launchApp
}, testInfo) => {
  const one = await container('while :; do echo "from one"; sleep 0.1; done')
  const two = await container('while :; do echo "from two"; sleep 0.1; done')
  const launched = await launchApp()
  const { page } = launched
  await page.getByRole('row', { name: one, exact: true }).click()
  await page.getByRole('row', { name: two, exact: true }).click({ modifiers: ['Control'] })
  await page.getByRole('row', { name: two, exact: true }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Logs' }).click()
  const log = page.getByRole('region', { name: new RegExp(`^${one}, ${two}$|^${two}, ${one}$`) })
  await expect(lines(log)).toContainText('from one')
  await expect(lines(log)).toContainText('from two')
  await expect(lines(log).getByTitle(one).first()).toBeVisible()

  const path = testInfo.outputPath('saved.log')
  await saveTo(launched, path)
  await log.getByRole('button', { name: 'Save to a file' }).click()
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('from two')
  const saved = await readFile(path, 'utf8')
  expect(saved).toMatch(new RegExp(`^${one} \\| \\S+Z from one$`, 'm'))
  const times = saved
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[2] ?? '')
  expect(times).toEqual(times.toSorted())
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong in a log (${colorScheme})`, async ({ launchApp }) => {
    const name = await container(
      `echo '{"a":{"b":[1,true,null,"c"]}}'; echo bad >&2; printf '\\033[33mwarn\\033[0m\\n'; sleep 100000`
    )
    const { page } = await launchApp()
    await page.emulateMedia({ colorScheme })
    const log = await openLog(page, name)
    await log.getByRole('button', { name: 'Unfold the line' }).click()
    await log.getByRole('button', { name: 'Times: since, until, jump' }).click()
    await log.getByRole('searchbox', { name: 'Search' }).fill('warn')
    await expect(log.getByRole('status', { name: 'Hits' })).toHaveText('1 hit')
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .include('.logs')
      .analyze()
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
    ).toEqual([])
  })
}

test('a window that is loaded again leaves no view behind, and shows the log anew', async ({
  launchApp
}) => {
  const name = await container('i=0; while :; do echo "tick $i"; i=$((i+1)); sleep 0.1; done')
  const { page, userDataDir } = await launchApp()
  await expect(lines(await openLog(page, name))).toContainText(/tick \d+/)
  const before = await readdir(join(userDataDir, 'logs'))
  expect(before).toHaveLength(1)
  await page.reload()
  await expect(page.getByRole('row', { name, exact: true })).toBeVisible()
  // What the page before looked at is closed, and its lines are off the disk.
  await expect.poll(async () => readdir(join(userDataDir, 'logs'))).not.toContain(before[0])
  const log = await openLog(page, name)
  await expect(lines(log)).toContainText(/tick \d+/)
  await lines(log).press('Home')
  await expect(lines(log).getByText('tick 0', { exact: true })).toBeVisible()
  expect(await readdir(join(userDataDir, 'logs'))).toHaveLength(1)
})

test('says that a log driver cannot be read', async ({ launchApp }) => {
  const name = await container('sleep 100000', ['--log-driver', 'none'])
  const { page } = await launchApp()
  const log = await openLog(page, name)
  await expect(log.getByRole('alert')).toContainText('keeps nothing that can be read')
  await expect(log.getByRole('alert')).toContainText('--log-driver json-file')
})

async function saveTo({ app }: LaunchedApp, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
  }, filePath)
}
