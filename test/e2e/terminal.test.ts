import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
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

const OWN = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

async function running(args: readonly string[] = [], command: readonly string[] = OWN) {
  const image = imageReference('busybox')
  return (await runContainer(cleanup, { image, args, command })).name
}

async function created(args: readonly string[], command: readonly string[]): Promise<string> {
  const name = uniqueName('once')
  await docker([
    'create',
    '--name',
    name,
    ...LABEL_ARGS,
    ...args,
    imageReference('busybox'),
    ...command
  ])
  cleanup.add(async () => {
    await docker(['rm', '--force', name]).catch(() => undefined)
  })
  return name
}

async function showTerminalTab(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name, exact: true }).click()
  await page.getByRole('tab', { name: 'Terminal', exact: true }).click()
}

function session(page: Page, name: string) {
  return page.getByRole('region', { name })
}

async function type(page: Page, region: string, text: string): Promise<void> {
  const input = session(page, region).getByRole('textbox', { name: 'Terminal input' })
  await input.focus()
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

test('starts a container attached: its output, then how it ended, also when it has removed itself', async ({
  launchApp
}) => {
  const name = await created(['--rm'], ['sh', '-c', 'echo "hello from busybox"; exit 3'])
  const { page } = await launchApp()
  await showTerminalTab(page, name)
  await page.getByRole('button', { name: 'Start and attach' }).click()
  const card = session(page, `Attached to ${name}`)
  await expect(card.getByRole('status')).toContainText('exit code 3 after')
  await expect(card.locator('.xterm-rows')).toContainText('hello from busybox')
  await expect(page.getByRole('row', { name, exact: true })).toHaveCount(0)
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker start -a ${name}`
  )
  await page.reload()
  await expect(card.getByRole('status')).toContainText('exit code 3 after')
  await expect(card.locator('.xterm-rows')).toContainText('hello from busybox')
  await page.getByRole('tab', { name }).press('Delete')
  await expect(card).toHaveCount(0)
})

test('attaches to a container that runs, and lets go of it by its keys', async ({ launchApp }) => {
  const name = await running(['-it'], ['sh'])
  const { page } = await launchApp()
  await page.getByRole('row', { name, exact: true }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Attach' }).click()
  const region = `Attached to ${name}`
  await type(page, region, 'echo att""ached')
  await expect(session(page, region).locator('.xterm-rows')).toContainText('attached')
  await page.keyboard.press('Control+p')
  await page.keyboard.press('Control+q')
  await expect(session(page, region).getByRole('status')).toContainText('goes on')
  expect(await docker(['inspect', '--format', '{{.State.Running}}', name])).toBe('true\n')
  await session(page, region).getByRole('button', { name: 'Attach again' }).click()
  await type(page, region, 'echo ag""ain')
  await expect(session(page, region).locator('.xterm-rows')).toContainText('again')
})

test('opens a terminal as somebody, somewhere, and lists it', async ({ launchApp }) => {
  const name = await running()
  const { page } = await launchApp()
  await showTerminalTab(page, name)
  const form = page.getByRole('form', { name: 'Open a terminal' })
  await form.getByLabel('User').fill('sailor')
  await form.getByLabel('Folder').fill('/tmp')
  await expect(
    form.getByText(`docker exec -it --user sailor --workdir /tmp ${name} sh`)
  ).toBeVisible()
  await form.getByRole('button', { name: 'Open' }).click()
  const region = `Shell in ${name}`
  await type(page, region, 'id -un; pwd')
  await expect(session(page, region).locator('.xterm-rows')).toContainText(/sailor\s*\/tmp/)
  const list = page.getByRole('region', { name: 'Terminals of this container' })
  await expect(list.getByRole('listitem')).toContainText('open')
  await list.getByRole('button', { name: 'End' }).click()
  await expect(list.getByRole('listitem')).toContainText('ended')
  await expect(session(page, region).getByRole('status')).toContainText('The shell was ended')
  await list.getByRole('button', { name: 'Dismiss' }).click()
  await expect(list.getByRole('listitem')).toHaveCount(0)
  await expect(page.getByRole('tab', { name })).toHaveCount(0)
})

test('shows a seam where a restarted container got a new shell, and saves the text', async ({
  launchApp
}) => {
  const name = await running()
  const { app, page, userDataDir } = await launchApp()
  const region = `Shell in ${name}`
  await page.getByRole('row', { name, exact: true }).dblclick()
  await type(page, region, 'echo bef""ore')
  const rows = session(page, region).locator('.xterm-rows')
  await expect(rows).toContainText('before')
  await docker(['restart', '--time', '1', name])
  await expect(rows).toContainText('Container restarted, new shell')
  await type(page, region, 'echo aft""er')
  await expect(rows).toContainText('after')
  const path = join(userDataDir, 'saved.txt')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  await session(page, region).getByRole('button', { name: 'Save the text…' }).click()
  await expect
    .poll(() => readFile(path, 'utf8').catch(() => ''))
    .toMatch(/\nbefore\n[^]*── Container restarted, new shell[^]*\nafter\n/)
  expect(await readFile(path, 'utf8')).not.toContain('\u001b')
})

test('shows two tabs side by side, and as they were after a reload', async ({ launchApp }) => {
  const name = await running()
  const { page } = await launchApp()
  const region = `Shell in ${name}`
  const row = page.getByRole('row', { name, exact: true })
  await row.dblclick()
  await type(page, region, 'echo on""e')
  await row.dblclick()
  const shells = session(page, region).filter({ visible: true })
  await expect(shells).toHaveCount(1)
  await page.getByRole('button', { name: 'Two tabs side by side' }).click()
  await expect(shells).toHaveCount(2)
  await page.reload()
  await expect(shells).toHaveCount(2)
  await expect(shells.filter({ hasText: 'one' })).toHaveCount(1)
})

test('is neither frozen nor left by random bytes and hostile escapes', async ({ launchApp }) => {
  const name = await running()
  const { app, page } = await launchApp()
  await app.evaluate(({ clipboard }) => clipboard.writeText('mine'))
  const region = `Shell in ${name}`
  await page.getByRole('row', { name, exact: true }).dblclick()
  const esc = String.raw`\033`
  const hostile = [
    `${esc}]0;spoofed\\007${esc}]2;spoofed${esc}\\\\`,
    `${esc}]52;c;c3Rvbg==\\007${esc}]52;c;?\\007`,
    `${esc}]8;;file:///etc/passwd\\007f${esc}]8;;\\007${esc}]8;;javascript:alert(1)\\007j${esc}]8;;\\007`,
    `${esc}[?3h${esc}[8;5;5t${esc}[3;0;0t${esc}[2t${esc}[21t`,
    `${esc}P+q544e\\033\\\\${esc}[6n${esc}[c`
  ].join('')
  await type(page, region, `printf '${hostile}'`)
  await type(
    page,
    region,
    String.raw`i=0; while [ $i -lt 2000 ]; do printf '\007'; i=$((i+1)); done`
  )
  await type(page, region, 'head -c 10485760 /dev/zero | tr "\\0" x; echo')
  await type(page, region, 'head -c 3000000 /dev/urandom')
  // Leaves whatever mode the bytes have set, as a person would.
  await expect
    .poll(
      async () => {
        await type(page, region, `\u0015printf '\\033c'; echo don""e`)
        return session(page, region).locator('.xterm-rows').innerText()
      },
      { timeout: 60_000, intervals: [1000] }
    )
    .toContain('done')
  expect(await page.title()).toBe('Portolan')
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('mine')
  expect(await page.evaluate(() => document.querySelectorAll('[role=dialog]').length)).toBe(0)
  const { width, height } = (await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds()
  )) ?? { width: 0, height: 0 }
  expect(Math.min(width, height)).toBeGreaterThan(400)
  await page.getByRole('tab', { name }).press('Delete')
  await expect.poll(() => docker(['top', name, '-eo', 'pid,args'])).not.toContain('ash')
})
