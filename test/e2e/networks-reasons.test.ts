import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  uniqueName
} from '../engine/context'
import { expect, test } from './app'
import { cell, inspector, openNetworks, startSweep } from './chart-page'

/** How long the engine may take over a sweep on a busy machine. */
const ENGINE = { timeout: 60_000 }
const MS = String.raw`in [\d.]+ ms`

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function running(
  name: string,
  args: readonly string[],
  command: readonly string[] = ['sleep', '100000']
): Promise<void> {
  const image = imageReference('busybox')
  await runContainer(cleanup, { image, name, args: ['--init', ...args], command })
}

test('says why: paused, on the host’s network, without a network, in another’s network', async ({
  launchApp
}) => {
  test.slow()
  const net = uniqueName('net')
  const [web, frozen, host, none, guest] = ['web', 'frozen', 'onhost', 'none', 'guest'].map(
    uniqueName
  ) as [string, string, string, string, string]
  await createNetwork(cleanup, net)
  await running(web, ['--network', net])
  await running(frozen, ['--network', net])
  await running(host, ['--network', 'host'])
  await running(none, ['--network', 'none'])
  await running(guest, ['--network', `container:${web}`])
  await docker(['pause', frozen])
  cleanup.add(() => docker(['unpause', frozen]))
  const { page } = await launchApp()
  await openNetworks(page)
  await startSweep(page)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  const says = [
    `^${web} reaches ${frozen} ${MS}: ${frozen} is paused$`,
    `^${frozen} to ${web}: unknown: ${frozen} is paused$`,
    `^${host} reaches ${web} ${MS}: from the host's network$`,
    `^${web} reaches ${host} ${MS}: on the host's network$`,
    `^${none} cannot reach ${web}: ${none} has the network “none”$`,
    `^${web} cannot reach ${none}: ${none} has the network “none”$`,
    `^${web} reaches ${guest}.*: one shared network namespace$`
  ]
  for (const words of says) await expect(cell(page, new RegExp(words))).toBeVisible(ENGINE)
  await cell(page, new RegExp(`^${web} reaches ${guest}`)).click()
  await expect(inspector(page)).toContainText(`share the network of ${web}: they meet on localhost`)
})

test('says why: internal, kept apart, no names on the default bridge, pings dropped', async ({
  launchApp
}) => {
  test.slow()
  const [inner, apart, open] = [uniqueName('inner'), uniqueName('apart'), uniqueName('open')]
  const [vault, one, two, deaf, web, plain] = ['vault', 'one', 'two', 'deaf', 'web', 'plain'].map(
    uniqueName
  ) as [string, string, string, string, string, string]
  await createNetwork(cleanup, inner, ['--internal'])
  await createNetwork(cleanup, apart, ['--opt', 'com.docker.network.bridge.enable_icc=false'])
  await createNetwork(cleanup, open)
  await running(vault, ['--network', inner])
  await running(one, ['--network', apart])
  await running(two, ['--network', apart])
  const deafArgs = ['--network', open, '--sysctl', 'net.ipv4.icmp_echo_ignore_all=1']
  await running(deaf, [...deafArgs, '--expose', '8000'], ['httpd', '-f', '-p', '8000'])
  await running(web, ['--network', open])
  await docker(['network', 'connect', 'bridge', web])
  await running(plain, [])
  const { page } = await launchApp()
  await openNetworks(page)
  await startSweep(page)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  const says = [
    `^${web} cannot reach ${vault}: ${inner} is internal$`,
    `^${one} cannot reach ${two}: ${apart} keeps its containers apart$`,
    `^${web} reaches ${plain} ${MS}: by address only$`,
    `^${plain} cannot reach ${deaf}: no common network$`
  ]
  for (const words of says) await expect(cell(page, new RegExp(words))).toBeVisible(ENGINE)
  await cell(
    page,
    new RegExp(`^${web} reaches ${deaf}.*: answers on TCP 8000, drops pings$`)
  ).click()
  const panel = inspector(page)
  await expect(panel.getByRole('table', { name: 'By address' })).toContainText('no answer')
  await expect(panel.getByRole('table', { name: 'TCP ports' })).toContainText(/8000\s*open/)
})

test('knows an alias only on the network that has it', async ({ launchApp }) => {
  const [front, back] = [uniqueName('front'), uniqueName('back')]
  const [db, near, far] = [uniqueName('db'), uniqueName('near'), uniqueName('far')]
  await createNetwork(cleanup, front)
  await createNetwork(cleanup, back)
  await running(db, ['--network', front, '--network-alias', 'store'])
  await docker(['network', 'connect', back, db])
  await running(near, ['--network', front])
  await running(far, ['--network', back])
  const { page } = await launchApp()
  await openNetworks(page)
  await startSweep(page)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  const names = inspector(page).getByRole('table', { name: 'By name' })
  await cell(page, new RegExp(`^${near} reaches ${db} ${MS}$`)).click(ENGINE)
  await expect(names).toContainText(/store\s*resolves/)
  await cell(
    page,
    new RegExp(`^${far} reaches ${db} ${MS}: “store” is known on ${front} only$`)
  ).click()
  // Docker's resolver passes on what it does not know; who answers, or does not, is the machine's business.
  await expect(names).toContainText(/store(?!\s*resolves)/)
  await expect(names).toContainText(new RegExp(`${db}\\s*resolves`))
})
