import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import {
  createCleanup,
  docker,
  imageReference,
  inEngineNamespace,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'
import { plant, type Tree } from '../fixtures/builds/plant'
import { dropPaths, expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** The first lines of every Dockerfile here: a base that is there, and the label by which leftovers are swept. */
function head(): string {
  return `FROM ${imageReference('busybox')}\nLABEL ${TEST_LABEL}=1\n`
}

/** A new folder of this name with these plants, gone at clean-up. */
async function folder(name: string, tree: Tree): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'portolan-build-'))
  cleanup.add(() => rm(parent, { recursive: true, force: true }))
  const path = join(parent, name)
  const servers = await plant(path, tree)
  cleanup.add(() => servers.forEach((server) => server.close()))
  return path
}

/** A tag that no other test uses; its image goes at clean-up, if it came to be. */
function newTag(): string {
  const tag = `${uniqueName('e2e-build')}:1`
  cleanup.add(async () => {
    const id = await docker(['image', 'ls', '--quiet', tag])
    if (id.trim() !== '') await docker(['image', 'rm', '--force', tag])
  })
  return tag
}

/** Drops onto the window's list, as a person does without looking where. */
async function drop(page: Page, ...paths: string[]): Promise<void> {
  await dropPaths(page, page.getByRole('main'), paths)
}

function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole('dialog', { name })
}

/** Types tags into the dialog that is open, and presses Enter. */
async function build(page: Page, tag: string): Promise<void> {
  const tags = page.getByRole('dialog').getByRole('textbox', { name: 'Tags' })
  await tags.fill(tag)
  await tags.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** The tab of the build of a tag. */
function tab(page: Page, tag: string): Locator {
  return page.getByRole('region', { name: `Build of ${tag}` })
}

const state = (region: Locator): Locator => region.getByRole('status')

async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: place })
    .click()
}

test('a dropped folder becomes an image that the list shows by its tag', async ({ launchApp }) => {
  const tag = newTag()
  const path = await folder('Mein Prüf Projekt', {
    Dockerfile: `${head()}COPY . /app\nRUN cat /app/grüße.txt\n`,
    'grüße.txt': 'hello from ünder the folder\n',
    'left-out/big.bin': { size: 100_000 },
    '.dockerignore': 'left-out\n'
  })
  const { page } = await launchApp()
  await drop(page, path)
  const opened = dialog(page, 'Build Mein Prüf Projekt')
  const tags = opened.getByRole('textbox', { name: 'Tags' })
  await expect(tags).toHaveValue('mein-pruf-projekt')
  // Ready for Enter, or for another tag.
  await expect(tags).toBeFocused()
  await expect(opened.getByText('3 files')).toBeVisible()
  await expect(opened.getByText('.dockerignore leaves out 1 entry')).toBeVisible()
  await expect(opened.getByLabel('Docker command of this build')).toHaveText(
    `docker build --tag mein-pruf-projekt '${path}'`
  )
  await build(page, tag)

  const log = tab(page, tag)
  await expect(state(log)).toHaveText('Done')
  await expect(log.getByRole('log')).toContainText('hello from ünder the folder')
  await log.getByRole('button', { name: 'Show in Images' }).click()
  await expect(page.getByRole('grid', { name: 'Images' }).getByText(tag)).toBeVisible()
  const id = (await docker(['image', 'inspect', '--format', '{{.Id}}', tag])).trim()
  await expect(log.locator(`[title="${id}"]`)).toBeVisible()
  await expect(page.getByLabel('Last command', { exact: true })).toHaveText(
    `docker build --tag ${tag} '${path}'`
  )
})

test('“portolan build DIR” opens the dialog', async ({ launchApp }) => {
  const path = await folder('from the terminal', { Dockerfile: head() })
  const { page } = await launchApp({ args: ['build', path] })
  await expect(dialog(page, 'Build from the terminal')).toBeVisible()
})

test('“Build a folder…” does the same as a drop', async ({ launchApp }) => {
  const path = await folder('chosen', { Dockerfile: head() })
  const { app, page } = await launchApp()
  // The system's own picker cannot be driven; what it answers is played.
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
  await page.getByRole('button', { name: 'Build a folder…' }).first().click()
  await expect(dialog(page, 'Build chosen')).toBeVisible()
})

test('the choices of the dialog reach the engine, and “Build again” keeps them', async ({
  launchApp
}) => {
  const [tag, second] = [newTag(), newTag()]
  const path = await folder('choices', {
    'Dockerfile.dev': [
      `FROM ${imageReference('busybox')} AS first`,
      `LABEL ${TEST_LABEL}=1`,
      'ARG GREETING=hello',
      'RUN echo "$GREETING" > /greeting',
      `FROM ${imageReference('busybox')}`,
      'RUN false'
    ].join('\n'),
    Dockerfile: `${head()}RUN false\n`
  })
  const { page } = await launchApp()
  await drop(page, path)
  const opened = dialog(page, 'Build choices')
  await opened.getByRole('combobox', { name: 'Dockerfile' }).selectOption('Dockerfile.dev')
  await opened.getByRole('combobox', { name: 'Target stage' }).selectOption('first')
  await opened.getByRole('textbox', { name: 'GREETING' }).fill('good morning')
  await opened.getByRole('combobox', { name: 'Builder' }).selectOption('classic')
  await opened.getByRole('checkbox', { name: 'Use the build cache' }).uncheck()
  await build(page, `${tag}, ${second}`)
  await expect(state(tab(page, tag))).toHaveText('Done')
  const run = ['run', '--rm', '--label', `${TEST_LABEL}=1`]
  expect(await docker([...run, second, 'cat', '/greeting'])).toBe('good morning\n')

  await tab(page, tag).getByRole('button', { name: 'Build again…' }).click()
  await expect(opened.getByRole('textbox', { name: 'GREETING' })).toHaveValue('good morning')
  await expect(opened.getByRole('textbox', { name: 'Tags' })).toHaveValue(`${tag}, ${second}`)
  await expect(opened.getByText('the names move to the new image')).toBeVisible()
})

test('a tag that docker would refuse cannot be built, and says why', async ({ launchApp }) => {
  const { page } = await launchApp({
    args: ['build', await folder('tags', { Dockerfile: head() })]
  })
  const opened = dialog(page, 'Build tags')
  const tags = opened.getByRole('textbox', { name: 'Tags' })
  await tags.fill('web, Web')
  await expect(opened.getByText('“Web”: a name must be in lower case.')).toBeVisible()
  await expect(opened.getByRole('button', { name: 'Build' })).toBeDisabled()
  await tags.press('Enter')
  await expect(opened).toBeVisible()
  await tags.fill('web')
  await expect(opened.getByRole('button', { name: 'Build' })).toBeEnabled()
})

for (const builder of ['buildkit', 'classic']) {
  test(`a failed build points at its line and instruction (${builder})`, async ({ launchApp }) => {
    const tag = newTag()
    const path = await folder('fails', {
      Dockerfile: `${head()}RUN echo fine\n# a comment\nRUN echo oh no && \\\n    exit 3\n`
    })
    const { page } = await launchApp({ args: ['build', path] })
    await page.getByRole('combobox', { name: 'Builder' }).selectOption(builder)
    await build(page, tag)
    const log = tab(page, tag)
    await expect(state(log)).toHaveText('Failed')
    await expect(log.getByText('Dockerfile, line 5', { exact: true })).toBeVisible()
    await expect(log.getByRole('alert')).toContainText('Ended with exit code 3.')
    // The step that failed is the one whose output is shown.
    const step = log.getByRole('radio', { name: /oh no/ })
    await expect(step).toBeChecked()
    await expect(step).toHaveAccessibleName(/failed/)
    await expect(log.getByRole('log')).toContainText('oh no')
    await expect(log.getByRole('log')).not.toContainText('fine')
    await log.getByRole('radio', { name: 'All output' }).click()
    await expect(log.getByRole('log')).toContainText('fine')
  })
}

test('a build can be cancelled, and nothing of it goes on', async ({ launchApp }) => {
  const tag = newTag()
  const path = await folder('sleeps', { Dockerfile: `${head()}RUN echo begun && sleep 600\n` })
  const { page } = await launchApp({ args: ['build', path] })
  await build(page, tag)
  const log = tab(page, tag)
  await expect(log.getByRole('log')).toContainText('begun')
  await log.getByRole('button', { name: 'Cancel build' }).click()
  await expect(state(log)).toHaveText('Cancelled')
  await expect(log.getByRole('radio', { name: /sleep 600/ })).toHaveAccessibleName(/stopped/)
  if (testEngine().ownEngine) {
    const count = ['sh', '-c', 'ps -A -o args | grep -c "^[s]leep 600" || true']
    await expect.poll(async () => (await inEngineNamespace(count)).trim()).toBe('0')
  }
})

test('a window that reloads finds the running build again, with its output', async ({
  launchApp
}) => {
  const tag = newTag()
  const path = await folder('reload', { Dockerfile: `${head()}RUN echo begun && sleep 600\n` })
  const { page } = await launchApp({ args: ['build', path] })
  await build(page, tag)
  await expect(tab(page, tag).getByRole('log')).toContainText('begun')
  await page.reload()
  await goTo(page, 'Builds')
  const row = page.getByRole('grid', { name: 'Builds' }).getByRole('row', { name: tag })
  await expect(row).toContainText('Running')
  await row.dblclick()
  await expect(tab(page, tag).getByRole('log')).toContainText('begun')
  await tab(page, tag).getByRole('button', { name: 'Cancel build' }).click()
  await expect(row).toContainText('Cancelled')
  await row.click()
  await page
    .getByRole('toolbar', { name: 'Actions' })
    .getByRole('button', { name: 'Dismiss' })
    .click()
  await expect(page.getByText('Drag a folder into the window')).toBeVisible()
  await expect(tab(page, tag)).toBeHidden()
})

test('what a build prints is text: colours at most', async ({ launchApp }) => {
  const tag = newTag()
  const print = String.raw`printf '\033[31mred\033[0m \033]0;evil title\007\033[2Jafter <b>bold</b>\n'`
  const path = await folder('hostile', { Dockerfile: `${head()}RUN ${print}\n` })
  const { page } = await launchApp({ args: ['build', path] })
  await build(page, tag)
  const log = tab(page, tag)
  await expect(state(log)).toHaveText('Done')
  await log.getByRole('radio', { name: /RUN|printf/ }).click()
  await expect(log.getByRole('log')).toContainText('red after <b>bold</b>')
  const color = await log
    .getByRole('log')
    .getByText('red', { exact: true })
    .evaluate((element) => getComputedStyle(element).color)
  const plain = await log
    .getByRole('log')
    .getByText('after')
    .first()
    .evaluate((element) => getComputedStyle(element).color)
  expect(color).not.toBe(plain)
})

test('several things: one folder is picked', async ({ launchApp }) => {
  const one = await folder('one', { Dockerfile: head() })
  const two = await folder('two', { Dockerfile: head() })
  const { page } = await launchApp()
  await drop(page, one, two)
  const asked = dialog(page, '2 things were dropped')
  await expect(asked.getByText('One folder is built at a time.')).toBeVisible()
  await asked.getByRole('button', { name: two }).click()
  await expect(dialog(page, 'Build two')).toBeVisible()
})

test('a dropped Dockerfile offers its folder', async ({ launchApp }) => {
  const path = await folder('around', { Dockerfile: head(), 'api.Dockerfile': head() })
  const { page } = await launchApp()
  await drop(page, join(path, 'api.Dockerfile'))
  await dialog(page, 'api.Dockerfile is a Dockerfile')
    .getByRole('button', { name: 'Build its folder' })
    .click()
  const opened = dialog(page, 'Build around')
  await expect(opened.getByRole('combobox', { name: 'Dockerfile' })).toHaveValue('api.Dockerfile')
})

test('each thing that cannot be built says what it is and what to do', async ({ launchApp }) => {
  const path = await folder('things', {
    'notes.txt': 'hello',
    pipe: { special: 'fifo' },
    'talk.sock': { special: 'socket' },
    loop: { symlink: 'loop' },
    dangling: { symlink: 'nowhere' },
    'no-dockerfile/readme.md': '# hello'
  })
  const { page } = await launchApp()
  const things: readonly (readonly [name: string, title: string, what: string])[] = [
    ['notes.txt', 'notes.txt is a file', 'not from one file'],
    ['pipe', 'pipe is no folder', 'a named pipe (FIFO)'],
    ['talk.sock', 'talk.sock is no folder', 'a socket'],
    ['loop', 'loop cannot be read', 'leads back to itself'],
    ['dangling', 'dangling cannot be read', 'leads nowhere'],
    ['no-dockerfile', 'No Dockerfile in no-dockerfile', 'Have a Dockerfile written']
  ]
  for (const [name, title, what] of things) {
    await drop(page, join(path, name))
    await expect(dialog(page, title)).toContainText(what)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  }
  await drop(page, '/')
  await expect(dialog(page, '/ is too much to send')).toContainText(
    'Choose the folder of one project'
  )
})

test('a folder that gets its Dockerfile meanwhile is looked at again', async ({ launchApp }) => {
  const path = await folder('late', { 'readme.md': '# hello' })
  const { page } = await launchApp({ args: ['build', path] })
  const answer = dialog(page, 'No Dockerfile in late')
  await expect(answer).toBeVisible()
  await writeFile(join(path, 'Dockerfile'), head())
  await answer.getByRole('button', { name: 'Look again' }).click()
  await expect(dialog(page, 'Build late')).toBeVisible()
})

test('sockets, pipes and loops inside are told of, and the rest is built', async ({
  launchApp
}) => {
  const tag = newTag()
  const path = await folder('odd things', {
    Dockerfile: `${head()}COPY . /app\nRUN test -L /app/loop && test ! -e /app/talk.sock\n`,
    pipe: { special: 'fifo' },
    'talk.sock': { special: 'socket' },
    loop: { symlink: 'loop' },
    self: { symlink: '.' }
  })
  const { page } = await launchApp({ args: ['build', path] })
  const opened = dialog(page, 'Build odd things')
  await opened.getByText('1 entry cannot be sent and is skipped').click()
  await expect(opened.getByRole('listitem').filter({ hasText: 'talk.sock' })).toContainText(
    'a socket'
  )
  await expect(opened.getByText('3 links or pipes')).toBeVisible()
  await build(page, tag)
  await expect(state(tab(page, tag))).toHaveText('Done')
  await expect(tab(page, tag).getByRole('list', { name: 'Warnings' })).toContainText('talk.sock')
})

test('a file of 5 GB is named, and nothing is sent before Build', async ({ launchApp }) => {
  const path = await folder('huge', { Dockerfile: head(), 'small.txt': 'x' })
  const file = await open(join(path, 'huge.img'), 'w')
  // Sparse: the disk of the test machine holds none of it.
  await file.truncate(5_000_000_000)
  await file.close()
  const { page } = await launchApp()
  await drop(page, path)
  const opened = dialog(page, 'Build huge')
  const biggest = opened.getByRole('list', { name: 'Biggest files' }).getByRole('listitem')
  await expect(biggest.first()).toHaveText('huge.img5 GB')
  await expect(opened.getByRole('list', { name: 'Warnings' })).toContainText('5 GB would be sent')
  await opened.getByRole('button', { name: 'Cancel' }).click()
  await goTo(page, 'Builds')
  await expect(page.getByText('Drag a folder into the window')).toBeVisible()
})

test('a folder with something unreadable is refused with its path', async ({ launchApp }) => {
  const path = await folder('locked', { Dockerfile: head(), 'fine.txt': 'x' })
  plantUnreadable(path)
  const { page } = await launchApp({ args: ['build', path] })
  const opened = dialog(page, 'Build locked')
  const list = opened.getByRole('list', { name: '1 entry cannot be read' })
  await expect(list.getByRole('listitem')).toContainText('deep')
  await expect(opened.getByText('nothing would be sent')).toBeVisible()
  await expect(opened.getByRole('button', { name: 'Build' })).toBeDisabled()
})

/**
 * Plants what nobody can read. Permissions do not hold root back, so it is a path longer than the system takes (PATH_MAX, 4096 bytes):
 * folders one in another, made step by step from inside.
 */
function plantUnreadable(path: string): void {
  const script = 'cd "$1"; for i in $(seq 18); do mkdir "$2" && cd -P "$2" || exit 1; done'
  execFileSync('bash', ['-c', script, 'bash', path, 'deep'.repeat(60)])
  cleanup.add(() => execFileSync('rm', ['-rf', dirname(path)]))
}

test('many lines: the newest is seen, older ones by scrolling up', async ({ launchApp }) => {
  const tag = newTag()
  const path = await folder('talks', { Dockerfile: `${head()}RUN seq 30000\n` })
  const { page } = await launchApp({ args: ['build', path] })
  await build(page, tag)
  const region = tab(page, tag)
  await expect(state(region)).toHaveText('Done')
  await region.getByRole('radio', { name: /seq 30000/ }).click()
  const log = region.getByRole('log')
  await expect(log.getByText('30000', { exact: true })).toBeVisible()
  expect(await log.getByText(/^\d+$/).count()).toBeLessThan(200)
  await log.focus()
  await page.keyboard.press('Control+Home')
  await expect(log.getByText('1', { exact: true })).toBeVisible()
  await region.getByRole('button', { name: 'Follow the end' }).click()
  await expect(log.getByText('30000', { exact: true })).toBeVisible()
})
