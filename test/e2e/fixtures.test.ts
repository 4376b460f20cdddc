import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testEngine, withCleanup } from '../engine/context'
import { dropPaths, expect, hoverPaths, test } from './app'

const appFolder = fileURLToPath(new URL('tiny-app', import.meta.url))

test('an app runs on the test engine, in a user-data folder of its own', async ({ launchApp }) => {
  const [one, two] = [await launchApp({ appFolder }), await launchApp({ appFolder })]
  const userData = await one.app.evaluate(({ app }) => app.getPath('userData'))
  expect(userData).toBe(one.userDataDir)
  expect(two.userDataDir).not.toBe(userData)
  const host = await one.app.evaluate(() => process.env['DOCKER_HOST'])
  expect(host).toBe(testEngine().dockerHost)
  await expect(one.page).toHaveTitle('Tiny app')
})

test('dropped paths arrive as they are, after a hover or at once', ({ launchApp }) =>
  withCleanup(async (cleanup) => {
    const { page } = await launchApp({ appFolder })
    const parent = await mkdtemp(join(tmpdir(), 'portolan-drop-'))
    cleanup.add(() => rm(parent, { recursive: true }))
    const paths = [join(parent, 'mein projekt ünï'), parent]
    await mkdir(join(parent, 'mein projekt ünï'))
    const output = page.getByRole('status')
    const drop = await hoverPaths(page, page.getByText('Drop here'), paths)
    await expect(output).toHaveText('hovering')
    await drop()
    await expect(output).toHaveText(paths.join('\n'))
    await dropPaths(page, page.getByText('Drop here'), [parent])
    await expect(output).toHaveText(parent)
  }))

test('an error that nobody caught fails the close', async ({ launchApp }) => {
  const inMain = await launchApp({ appFolder })
  await inMain.app.evaluate(
    () => void setImmediate(() => void Promise.reject(new Error('lost in main')))
  )
  await expect(inMain.close()).rejects.toThrow('lost in main')
  const inPage = await launchApp({ appFolder })
  await inPage.page.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error('lost in the page')
      })
  )
  await expect(inPage.close()).rejects.toThrow('lost in the page')
  expect(existsSync(inPage.userDataDir)).toBe(true)
})
