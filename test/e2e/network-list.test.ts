import type { Locator, Page } from '@playwright/test'
import Docker from 'dockerode'
import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  TEST_LABEL,
  testEngine,
  uniqueName
} from '../engine/context'
import { expect, test } from './app'

/** How long the engine may take over a connection on a busy machine. */
const ENGINE = { timeout: 30_000 }

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

async function openList(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: /^Networks/ })
    .click()
  await page.getByRole('tab', { name: 'List' }).click()
}

async function run(name: string, args: readonly string[] = []): Promise<void> {
  const command = ['sleep', '100000']
  const image = imageReference('busybox')
  await runContainer(cleanup, { image, name, args: ['--init', ...args], command })
}

function lastCommand(page: Page): Locator {
  // While a dialog stays open, what is behind it is hidden from roles.
  return page.getByRole('status', { name: 'Last command', includeHidden: true })
}

function row(page: Page, name: string): Locator {
  return page.getByRole('row', { name, exact: true })
}

async function inspect(network: string): Promise<Record<string, unknown>> {
  const [found] = JSON.parse(await docker(['network', 'inspect', network])) as [
    Record<string, unknown>
  ]
  return found
}

test('creates a network with everything, and says what would collide before it does', async ({
  launchApp
}) => {
  test.slow()
  const [name, taken] = [uniqueName('net'), uniqueName('taken')]
  await createNetwork(cleanup, taken, ['--subnet', '10.77.0.0/24'])
  const { page } = await launchApp()
  await openList(page)
  await expect(row(page, taken)).toContainText('10.77.0.0/24')
  await page.getByRole('button', { name: 'Create network' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create network' })
  const button = dialog.getByRole('button', { name: 'Create', exact: true })
  const field = (label: string): Locator =>
    dialog.getByRole('textbox', { name: label, exact: true })

  await field('Name').fill(taken)
  await expect(dialog.getByText('There is already a network of this name.')).toBeVisible()
  await field('Name').fill(name)
  await expect(button).toBeEnabled()
  await field('Subnet').fill('10.77.0.0/16')
  await expect(dialog.getByText(`It overlaps 10.77.0.0/24 of the network “${taken}”`)).toBeVisible()
  await expect(button).toBeDisabled()
  await field('Subnet').fill('10.78.0.9/24')
  await expect(dialog.getByText('That is an address inside the subnet 10.78.0.0/24')).toBeVisible()
  await field('Subnet').fill('10.78.0.0/24')
  await field('Gateway').fill('10.79.0.1')
  await expect(dialog.getByText('It is not in 10.78.0.0/24.')).toBeVisible()
  await field('Gateway').fill('10.78.0.7')
  await field('Draw from').fill('10.78.0.128/25')
  await dialog.getByRole('button', { name: 'Another subnet' }).click()
  await field('Subnet 2').fill('fd00:78::/64')
  await expect(dialog.getByRole('checkbox', { name: /^IPv6/ })).toBeChecked()
  await dialog.getByRole('checkbox', { name: /^Internal/ }).check()
  await dialog.getByRole('button', { name: 'Add an option' }).click()
  const option = dialog.getByRole('combobox', { name: 'Driver options: name' })
  await option.fill('mtu')
  await page.getByRole('option', { name: /driver\.mtu/ }).click()
  await dialog.getByRole('textbox', { name: /^Value of .*mtu/ }).fill('1400')
  await dialog.getByRole('button', { name: 'Add a label' }).click()
  await dialog.getByRole('combobox', { name: 'Labels: name' }).fill(TEST_LABEL)
  await dialog.getByRole('textbox', { name: `Value of ${TEST_LABEL}` }).fill('1')
  const line = `docker network create --internal --ipv6 --subnet 10.78.0.0/24 --gateway 10.78.0.7 --ip-range 10.78.0.128/25 --subnet fd00:78::/64 --opt com.docker.network.driver.mtu=1400 --label ${TEST_LABEL}=1 ${name}`
  await expect(dialog.getByRole('status', { name: 'Docker command' })).toHaveText(line)
  cleanup.add(() => docker(['network', 'rm', name]))
  await button.click()
  await expect(dialog).toHaveCount(0)
  await expect(row(page, name)).toContainText('internal, IPv6', { ignoreCase: true })
  await expect(lastCommand(page)).toHaveText(line)
  expect(await inspect(name)).toMatchObject({
    Driver: 'bridge',
    Internal: true,
    EnableIPv6: true,
    Options: { 'com.docker.network.driver.mtu': '1400' },
    IPAM: {
      Config: expect.arrayContaining([
        { Subnet: '10.78.0.0/24', Gateway: '10.78.0.7', IPRange: '10.78.0.128/25' }
      ]) as unknown
    }
  })
})

test('offers the engine’s drivers, and says which cannot be', async ({ launchApp }) => {
  const { page } = await launchApp()
  await openList(page)
  await page.getByRole('button', { name: 'Create network' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create network' })
  const driver = dialog.getByRole('combobox', { name: 'Driver', exact: true })
  await expect(driver.getByRole('option', { name: 'macvlan' })).toBeAttached()
  await expect(driver.getByRole('option', { name: /^host \(there already/ })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(uniqueName('net'))
  await driver.selectOption('overlay')
  await expect(dialog.getByText('An overlay needs a swarm')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Create', exact: true })).toBeDisabled()
  await driver.selectOption('macvlan')
  await expect(dialog.getByText('The option parent names the machine’s interface')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Create', exact: true })).toBeEnabled()
})

test('connects with names and a fixed address, says who has one, and disconnects', async ({
  launchApp
}) => {
  test.slow()
  const [net, web, db] = [uniqueName('net'), uniqueName('web'), uniqueName('db')]
  await createNetwork(cleanup, net, ['--subnet', '10.79.0.0/24'])
  await run(web)
  await run(db, ['--network', net, '--ip', '10.79.0.9'])
  const { page } = await launchApp()
  await openList(page)
  await row(page, net).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Connect a container…' }).click()
  const joining = page.getByRole('dialog', { name: `Connect a container to ${net}` })
  await joining
    .getByRole('combobox', { name: 'Container' })
    .selectOption({ label: `${web} · running` })
  const address = joining.getByRole('textbox', { name: 'Fixed IPv4 address' })
  const button = joining.getByRole('button', { name: 'Connect', exact: true })
  await expect(joining.getByRole('textbox', { name: 'Fixed IPv6 address' })).toBeDisabled()
  for (const [typed, said] of [
    ['10.80.0.1', 'It is not in 10.79.0.0/24.'],
    ['10.79.0.1', `That is the gateway of “${net}”.`],
    ['10.79.0.255', 'No container can have the first or the last address'],
    ['10.79.0.9', `${db} has it.`],
    ['10.79', 'That is no address.']
  ] as const) {
    await address.fill(typed)
    await expect(joining.getByText(said)).toBeVisible()
    await expect(button).toBeDisabled()
  }
  await address.fill('10.79.0.77')
  await joining.getByRole('textbox', { name: 'Further names there' }).fill('front www')
  await button.click()
  await expect(joining).toHaveCount(0, ENGINE)
  await expect(lastCommand(page)).toHaveText(
    `docker network connect --alias front --alias www --ip 10.79.0.77 ${net} ${web}`
  )
  const ping = ['exec', db, 'ping', '-c', '1', '-W', '5', 'front']
  expect(await docker(ping)).toContain('10.79.0.77')

  // From the container's side, in its own list.
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: /^Containers/ })
    .click()
  await page.getByRole('row', { name: web }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Networks…/ }).click()
  const own = page.getByRole('dialog', { name: `Networks of ${web}` })
  await expect(own.getByRole('listitem').filter({ hasText: net })).toContainText('10.79.0.77')
  await own.getByRole('checkbox', { name: /^Force/ }).check()
  await own.getByRole('button', { name: `Disconnect ${web} from ${net}` }).click()
  await expect(own.getByRole('listitem').filter({ hasText: net })).toHaveCount(0, ENGINE)
  await expect(lastCommand(page)).toHaveText(`docker network disconnect --force ${net} ${web}`)
  await own
    .getByRole('combobox', { name: 'Connect to' })
    .selectOption({ label: `${net} · bridge · 10.79.0.0/24` })
  await own.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(own.getByRole('listitem').filter({ hasText: net })).toContainText('10.79.0.', ENGINE)
})

test('shows what a prune would remove, and removes only what is ticked', async ({ launchApp }) => {
  // Four networks and two containers, before the window and after it.
  test.slow()
  const [unused, kept, used, waited] = ['unused', 'kept', 'used', 'waited'].map(uniqueName)
  const names = [unused, kept, used, waited] as const
  for (const name of names) await createNetwork(cleanup, name ?? '')
  const [web, idle] = [uniqueName('web'), uniqueName('idle')]
  await run(web, ['--network', used ?? ''])
  await run(idle, ['--network', waited ?? ''])
  await docker(['kill', idle])
  const { page } = await launchApp()
  await openList(page)
  await expect(row(page, unused ?? '')).toBeVisible()
  await page.getByRole('button', { name: 'Prune…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove unused networks' })
  const tick = (name = ''): Locator =>
    dialog.getByRole('checkbox', { name: new RegExp(`^${name}`) })
  await expect(tick(unused)).toBeChecked()
  await expect(tick(used)).toHaveCount(0)
  await expect(dialog.getByRole('checkbox', { name: /^(bridge|host|none) / })).toHaveCount(0)
  await expect(tick(waited)).not.toBeChecked()
  await expect(dialog.getByText(`${idle} is stopped and wants it`)).toBeVisible()
  // Those of other tests, if any, stay; all that is ticked here is ours.
  for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck()
  await tick(unused).check()
  await dialog.getByRole('button', { name: 'Remove 1 network', exact: true }).click()
  await expect(dialog).toHaveCount(0, ENGINE)
  await expect(lastCommand(page)).toHaveText(`docker network rm ${unused}`)
  await expect(row(page, unused ?? '')).toHaveCount(0)
  const left = await docker(['network', 'ls', '--format', '{{.Name}}'])
  expect(left.split('\n')).toEqual(expect.arrayContaining([kept, used, waited]))
  expect(left.split('\n')).not.toContain(unused)
})

test('tells two networks of one name apart', async ({ launchApp }) => {
  test.slow()
  const [twin, web] = [uniqueName('twin'), uniqueName('web')]
  const { page } = await launchApp()
  await openList(page)
  const ids = [await makeTwin(twin), await makeTwin(twin)].map((id) => id.slice(0, 12))
  const [first = '', second = ''] = ids
  await run(web)
  await expect(row(page, `${twin} (${first})`)).toBeVisible()
  await row(page, `${twin} (${second})`).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Connect a container…' }).click()
  const joining = page.getByRole('dialog', { name: `Connect a container to ${twin} (${second})` })
  await joining
    .getByRole('combobox', { name: 'Container' })
    .selectOption({ label: `${web} · running` })
  await joining.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(lastCommand(page)).toHaveText(`docker network connect ${second} ${web}`, ENGINE)
  await expect(row(page, `${twin} (${second})`)).toContainText(web)
  await expect(row(page, `${twin} (${first})`)).not.toContainText(web)
  await row(page, `${twin} (${first})`).click()
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: `Remove the network ${twin} (${first})?` })
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(lastCommand(page)).toHaveText(`docker network rm ${first}`, ENGINE)
  // Now the name is enough again.
  await expect(row(page, twin)).toContainText(web)
})

/** The CLI would have the engine refuse a second one. */
async function makeTwin(name: string): Promise<string> {
  const engine = new Docker({ socketPath: testEngine().dockerHost.replace('unix://', '') })
  const { id } = await engine.createNetwork({ Name: name, Labels: { [TEST_LABEL]: '1' } })
  cleanup.add(async () => {
    const left = await docker(['network', 'ls', '--quiet', '--no-trunc'])
    if (left.includes(id)) await docker(['network', 'rm', id])
  })
  return id
}
