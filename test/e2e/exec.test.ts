import type { Page } from '@playwright/test'
import { createCleanup, docker, imageReference, runContainer } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function runningContainer(
  image: Parameters<typeof imageReference>[0] = 'busybox'
): Promise<string> {
  const { name } = await runContainer(cleanup, {
    image: imageReference(image),
    args: ['--init'],
    command: image === 'static' ? [] : ['sleep', '100000']
  })
  return name
}

async function openShell(page: Page, container: string): Promise<void> {
  await page.getByRole('row', { name: container, exact: true }).dblclick()
}

function shell(page: Page, container: string) {
  return page.getByRole('region', { name: `Shell in ${container}` })
}

/** The screen's text, as the terminal draws it. */
function screen(page: Page, container: string) {
  return shell(page, container).locator('.xterm-rows')
}

async function run(page: Page, container: string, line: string): Promise<void> {
  await shell(page, container).getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

/** The commands that run in a container. */
async function processesOf(container: string): Promise<string> {
  return docker(['top', container, '-eo', 'pid,args'])
}

test('opens an interactive shell: UTF-8, size, colours, exit code, and a new one by Enter', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await openShell(page, name)
  await run(page, name, 'echo при""вет 日本 $((6*7))')
  await expect(screen(page, name)).toContainText('привет 日本 42')
  await run(page, name, 'stty size; echo $TERM')
  await expect(screen(page, name)).toContainText(/\d\d+ \d\d+/)
  await expect(screen(page, name)).toContainText('xterm-256color')
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker exec -it ${name}`
  )
  await run(page, name, 'exit 42')
  await expect(shell(page, name).getByRole('status')).toContainText('exit code 42')
  await page.keyboard.press('Enter')
  await run(page, name, 'echo ag""ain')
  await expect(screen(page, name)).toContainText('again')
})

test('runs a full-screen program, which follows the window’s size', async ({ launchApp }) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await openShell(page, name)
  await run(page, name, 'vi /etc/passwd')
  await expect(screen(page, name)).toContainText('root:x:0:0')
  await page.keyboard.type(':q!')
  await page.keyboard.press('Enter')
  await run(page, name, 'stty size')
  await expect(screen(page, name)).toContainText(/\d+ \d+/)
  const before = await screen(page, name).innerText()
  await page.getByRole('button', { name: 'Maximise the dock' }).click()
  await run(page, name, 'clear; stty size')
  const rows = Number(/(\d+) \d+\s*$/m.exec(before)?.[1])
  await expect
    .poll(async () => Number(/^(\d+) \d+/m.exec(await screen(page, name).innerText())?.[1]))
    .toBeGreaterThan(rows)
})

test('ends the processes in the container when its tab closes, several at once', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await openShell(page, name)
  await run(page, name, 'sleep 7001 & sleep 7002')
  await openShell(page, name)
  await expect(page.getByRole('tab', { name })).toHaveCount(2)
  const second = shell(page, name).filter({ visible: true })
  await second.getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type("trap '' HUP; sleep 7003")
  await page.keyboard.press('Enter')
  await expect.poll(() => processesOf(name)).toMatch(/7001[^]*7002[^]*7003|7003[^]*7001/)
  await page.getByRole('tab', { name }).last().press('Delete')
  await expect.poll(() => processesOf(name)).not.toContain('7003')
  expect(await processesOf(name)).toContain('7002')
  await page.getByRole('tab', { name }).press('Delete')
  await expect.poll(() => processesOf(name)).not.toMatch(/700\d/)
})

test('keeps a shell, its scrollback and its processes over a reload, and leaves none at quit', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { page, close } = await launchApp()
  await openShell(page, name)
  await run(page, name, 'seq 300; echo fir""st; sleep 7101')
  await expect.poll(() => processesOf(name)).toContain('7101')
  await page.reload()
  await expect(page.getByRole('tab', { name })).toHaveCount(1)
  await expect(screen(page, name)).toContainText('first')
  expect(await processesOf(name)).toContain('7101')
  await shell(page, name).getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.press('Control+c')
  await expect.poll(() => processesOf(name)).not.toContain('7101')
  await run(page, name, 'echo al""ive')
  await expect(screen(page, name)).toContainText('alive')
  await page.getByRole('tab', { name }).press('Delete')
  await openShell(page, name)
  await run(page, name, 'sleep 7102')
  await expect.poll(() => processesOf(name)).toContain('7102')
  await close()
  expect(await processesOf(name)).not.toContain('7102')
})

test('says plainly that an image has no shell', async ({ launchApp }) => {
  const name = await runningContainer('static')
  const { page } = await launchApp()
  await openShell(page, name)
  await expect(shell(page, name).getByRole('alert')).toContainText('no shell')
})

test('says that the container died under the shell, and reconnects once it runs', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await openShell(page, name)
  await run(page, name, 'echo re""ady')
  await expect(screen(page, name)).toContainText('ready')
  await docker(['kill', name])
  await expect(shell(page, name).getByRole('status')).toContainText('The container stopped')
  await docker(['start', name])
  await expect(page.getByRole('row', { name, exact: true })).toContainText('Running')
  await shell(page, name).getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.press('Enter')
  await run(page, name, 'echo ba""ck')
  await expect(screen(page, name)).toContainText('back')
})

test('lets a container neither rename the window nor write the clipboard', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { app, page } = await launchApp()
  await app.evaluate(({ clipboard }) => clipboard.writeText('mine'))
  await openShell(page, name)
  await run(page, name, String.raw`printf '\033]0;spoofed\007\033]52;c;c3Rvbg==\007do\156e\n'`)
  await expect(screen(page, name)).toContainText('done')
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
  ).toBe('Portolan')
  expect(await page.title()).toBe('Portolan')
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('mine')
})

test('gives the shell its keys: Ctrl+W takes a word and closes no window', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const { page } = await launchApp()
  await openShell(page, name)
  await shell(page, name).getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type('echo "<a" b')
  await page.keyboard.press('Control+w')
  await page.keyboard.type('c">"')
  await page.keyboard.press('Enter')
  await expect(screen(page, name)).toContainText('<a c>')
  await page.keyboard.type('sleep 7201')
  await page.keyboard.press('Enter')
  await expect.poll(() => processesOf(name)).toContain('sleep 7201')
  await page.keyboard.press('Control+c')
  await expect.poll(() => processesOf(name)).not.toContain('sleep 7201')
})

test('asks before several lines are pasted', async ({ launchApp }) => {
  const name = await runningContainer()
  const { app, page } = await launchApp()
  await openShell(page, name)
  await run(page, name, 'echo re""ady')
  await expect(screen(page, name)).toContainText('ready')
  await app.evaluate(({ clipboard }) => clipboard.writeText('echo pas""ted1\necho pas""ted2\n'))
  await page.keyboard.press('Control+Shift+V')
  const dialog = page.getByRole('dialog', { name: /Paste/ })
  await dialog.getByRole('button', { name: 'Paste' }).click()
  await expect(screen(page, name)).toContainText('pasted2')
})
