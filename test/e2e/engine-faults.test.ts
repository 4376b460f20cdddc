import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killEngine, startEngine } from '../engine/control.mjs'
import { docker } from '../engine/context'
import { startTestEngine } from '../engine/index.mjs'
import { expect, test } from './app'

/** These take an engine away, so each has one of its own. */
async function ownEngine() {
  return startTestEngine({ images: ['busybox'], registries: false })
}

test('says that the engine went, keeps the last state, and is true again by itself', async ({
  launchApp
}) => {
  const { engine, dockerHost, stop } = await ownEngine()
  try {
    await docker(
      ['run', '-d', '--name', 'stays', '--restart', 'always', 'busybox', 'sleep', '100000'],
      { engine }
    )
    await docker(['create', '--name', 'goes', 'busybox'], { engine })
    const { page } = await launchApp({ env: { DOCKER_HOST: dockerHost } })
    const row = (name: string) => page.getByRole('row', { name, exact: true })
    await expect(row('goes')).toBeVisible()
    await killEngine(engine)
    const notice = page.getByRole('alert')
    await expect(notice).toContainText('The engine went away')
    await expect(row('goes')).toBeVisible()
    await expect(page.getByRole('button', { name: /lost, reconnecting/ })).toBeVisible()
    await startEngine(engine)
    await expect(notice).toHaveCount(0)
    await expect(page.getByRole('button', { name: /: connected/ })).toBeVisible()
    await docker(['rm', 'goes'], { engine })
    await expect(row('goes')).toHaveCount(0)
    await expect(row('stays')).toContainText('Running')
  } finally {
    await stop()
  }
})

test('says what it cannot do while the engine is away', async ({ launchApp }) => {
  const { engine, dockerHost, stop } = await ownEngine()
  try {
    await docker(['create', '--name', 'one', 'busybox', 'true'], { engine })
    const { page } = await launchApp({ env: { DOCKER_HOST: dockerHost } })
    await page.getByRole('row', { name: 'one', exact: true }).click({ button: 'right' })
    await killEngine(engine)
    await expect(page.getByText('The engine went away')).toBeVisible()
    await page.getByRole('menuitem', { name: 'Start' }).click()
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
      'The engine is not connected'
    )
  } finally {
    await stop()
  }
})

test('with no engine says why and goes on by itself once one answers', async ({ launchApp }) => {
  const { engine, dockerHost, stop } = await ownEngine()
  try {
    await killEngine(engine)
    const { page } = await launchApp({ env: { DOCKER_HOST: dockerHost } })
    await expect(page.getByRole('heading', { name: 'No engine answers' })).toBeVisible()
    await expect(page.getByText('sudo systemctl start docker')).toBeVisible()
    await startEngine(engine)
    await expect(page.getByRole('heading', { name: 'No containers yet' })).toBeVisible()
  } finally {
    await stop()
  }
})

test('names a socket that is not there, and offers an engine of its own that works and is gone at quit', async ({
  launchApp
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-none-'))
  try {
    const socket = join(folder, 'none.sock')
    const { page, close, userDataDir } = await launchApp({
      env: { DOCKER_HOST: `unix://${socket}` }
    })
    await expect(page.getByText(`there is no socket at ${socket}`)).toBeVisible()
    await page.getByRole('button', { name: 'Start a private engine' }).click()
    await expect(
      page.getByRole('button', { name: /Engine Private engine: connected/ })
    ).toBeVisible({
      timeout: 40_000
    })
    const host = `unix://${userDataDir}/engine/docker.sock`
    const environment = { DOCKER_HOST: host }
    expect(
      await docker(['version', '--format', '{{.Server.Version}}'], { env: environment })
    ).toMatch(/\d+\.\d+/)
    await close()
    await expect(docker(['version'], { env: environment })).rejects.toThrow()
  } finally {
    await rm(folder, { recursive: true })
  }
})
