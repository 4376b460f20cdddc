import Docker from 'dockerode'
import { startTestEngine } from '../engine/index.mjs'
import { expect, test } from './app'

const CONTAINERS = 1000
/** Creating them one by one takes three times as long. */
const AT_ONCE = 8

/** Makes stopped containers by the API: a docker CLI each would take minutes. */
async function createContainers(dockerHost: string): Promise<void> {
  const docker = new Docker({ socketPath: dockerHost.replace('unix://', '') })
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < CONTAINERS) {
      const name = `c${String(next++).padStart(4, '0')}`
      await docker.createContainer({ name, Image: 'busybox', Cmd: ['true'] })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

test('holds a thousand containers: only what is seen exists, and every row is reached', async ({
  launchApp
}) => {
  test.setTimeout(240_000)
  const { dockerHost, stop } = await startTestEngine({ images: ['busybox'], registries: false })
  try {
    const { page } = await launchApp({ env: { DOCKER_HOST: dockerHost } })
    await expect(page.getByRole('heading', { name: 'No containers yet' })).toBeVisible()
    // While the window watches: a storm of a thousand events.
    await createContainers(dockerHost)
    const grid = page.getByRole('grid', { name: 'Containers' })
    await expect(grid).toHaveAttribute('aria-rowcount', String(CONTAINERS + 1))
    expect(await page.getByRole('row').count()).toBeLessThan(100)
    await grid.focus()
    await page.keyboard.press('End')
    await expect(page.getByRole('row', { name: 'c0999', exact: true })).toBeInViewport()
    await page.keyboard.press('Home')
    await expect(page.getByRole('row', { name: 'c0000', exact: true })).toBeInViewport()
    await page.getByRole('searchbox', { name: 'Filter Containers' }).fill('c0599')
    await expect(grid).toHaveAttribute('aria-rowcount', '2')
    await page.getByRole('searchbox', { name: 'Filter Containers' }).fill('')
    await grid.focus()
    await page.keyboard.press('Control+a')
    await expect(page.getByText(`${CONTAINERS} of ${CONTAINERS} selected`)).toBeVisible()
  } finally {
    await stop()
  }
})
