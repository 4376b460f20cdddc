import { createCleanup, docker, imageReference, runContainer } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function namesLike(name: string): Promise<string> {
  return docker(['ps', '--all', '--filter', `name=${name}`, '--format', '{{.Names}} {{.State}}'])
}

test('an app that is killed while it recreates a container puts it back at its next start', async ({
  launchApp
}) => {
  const { id, name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', '--volume', '/data'],
    command: ['sleep', '100000']
  })
  cleanup.add(async () => {
    for (const line of (await namesLike(name)).split('\n').filter(Boolean))
      await docker(['rm', '--force', line.split(' ')[0] ?? ''])
  })
  await docker(['exec', id, 'sh', '-c', 'echo kept > /data/file'])
  const first = await launchApp()
  await expect(first.page.getByRole('row', { name, exact: true })).toBeVisible()
  // A check that never comes to an answer: it is waited for until the app is killed.
  const answer = await first.page.evaluate(
    async ({ containerId, image }) => {
      const spec = {
        image,
        command: ['sleep', '100000'],
        init: true,
        healthCommand: 'true',
        healthInterval: 3600e9
      }
      return window.portolan.call('recreate.start', { endpointId: 'e1', containerId, spec })
    },
    { containerId: id, image: imageReference('busybox') }
  )
  expect(answer).toMatchObject({ ok: true })
  await expect.poll(() => namesLike(name)).toContain(`${name} running`)
  await expect.poll(() => namesLike(name)).toContain('.portolan-old-')
  const killed = first.app.process()
  const gone = new Promise((resolve) => killed.once('exit', resolve))
  killed.kill('SIGKILL')
  await gone
  await first.close()
  const second = await launchApp({ userDataDir: first.userDataDir })
  await expect.poll(() => namesLike(name)).toBe(`${name} running\n`)
  expect((await docker(['inspect', '--format', '{{.Id}}', name])).trim()).toBe(id)
  expect(await docker(['exec', name, 'cat', '/data/file'])).toBe('kept\n')
  await expect(second.page.getByText(`The old ${name} was put back as it was.`)).toBeVisible()
  await expect(second.page.getByRole('row', { name, exact: true })).toContainText('Running')
})
