import {
  createCleanup,
  createNetwork,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'
import { expect, test } from './app'
import {
  boxOf,
  cell,
  centreOf,
  drag,
  hub,
  inspector,
  lastCommand,
  node,
  openNetworks,
  startSweep
} from './chart-page'

/** How long the engine may take over a connection or a sweep on a busy machine. */
const ENGINE = { timeout: 30_000 }

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** The notes' own names where nobody else can have taken them. */
function noted(name: string): string {
  return testEngine().ownEngine ? name : uniqueName(name)
}

async function runningContainer(
  name: string,
  args: readonly string[] = [],
  image: 'busybox' | 'noPing' = 'busybox'
): Promise<void> {
  const command = ['sleep', '100000']
  await runContainer(cleanup, {
    image: imageReference(image),
    name,
    args: ['--init', ...args],
    command
  })
}

test('tells why web cannot reach db, connects it, and tells that it can', async ({ launchApp }) => {
  // Three sweeps and two connections.
  test.slow()
  const [net, web, db] = [noted('my-bridge-network'), noted('web'), noted('db')]
  await runningContainer(web)
  const { page } = await launchApp()
  await openNetworks(page)

  await page.getByRole('button', { name: 'Create network' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create network' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill(net)
  await expect(dialog.getByRole('status', { name: 'Docker command' })).toHaveText(
    `docker network create ${net}`
  )
  cleanup.add(() => docker(['network', 'rm', net]))
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(hub(page, net)).toHaveAccessibleName(`${net}, network, bridge, 0 on it`)
  await runningContainer(db, ['--network', net])
  await expect(node(page, db)).toHaveAccessibleName(
    new RegExp(`^${db}, running, on ${net} \\d+\\.\\d+\\.\\d+\\.\\d+$`)
  )

  await expect(page.getByText('Not swept yet').first()).toBeVisible()
  await startSweep(page)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  await cell(page, `${web} cannot reach ${db}: no common network`).click(ENGINE)
  const panel = inspector(page)
  await expect(panel.getByRole('heading', { name: `${web} → ${db}` })).toBeVisible()
  await expect(panel.getByText(`${web} cannot reach ${db}`, { exact: true })).toBeVisible()
  await expect(panel).toContainText(
    `They have no common network: ${web} is on bridge, ${db} on ${net}.`
  )

  await panel.getByRole('button', { name: `Connect ${web} to ${net}` }).click()
  await expect(lastCommand(page)).toHaveText(`docker network connect ${net} ${web}`)
  // What was measured before is not shown as true now.
  await expect(cell(page, `Out of date: ${web} cannot reach ${db}: no common network`)).toBeVisible(
    ENGINE
  )
  await expect(panel).toContainText(`Out of date: ${web} or ${db} has changed`)
  await expect(panel.getByRole('button', { name: `Connect ${web} to ${net}` })).toHaveCount(0)

  await startSweep(page)
  await expect(cell(page, new RegExp(`^${web} reaches ${db} in [\\d.]+ ms$`))).toBeVisible(ENGINE)
  await expect(panel).toContainText('by address and by name')
  await expect(panel.getByRole('table', { name: 'By address' })).toContainText(/[\d.]+ ms/)
  await expect(panel.getByRole('table', { name: 'By name' })).toContainText(
    new RegExp(`${db}\\s*resolves\\s*\\d+\\.\\d+\\.\\d+\\.\\d+`)
  )
  await expect(panel.getByText(`docker exec ${web} ping -c 1 ${db}`, { exact: true })).toBeVisible()
  expect(await docker(['exec', web, 'ping', '-c', '1', db])).toContain('1 packets received')

  await page.getByRole('tab', { name: 'Chart' }).click()
  await expect(node(page, web)).toHaveAccessibleName(
    new RegExp(`on bridge [\\d.]+, ${net} [\\d.]+$`)
  )
  await node(page, web).click({ button: 'right' })
  await page.getByRole('menuitem', { name: `Disconnect from ${net}` }).click()
  await expect(node(page, web)).toHaveAccessibleName(/on bridge [\d.]+$/, ENGINE)
  await expect(lastCommand(page)).toHaveText(`docker network disconnect ${net} ${web}`)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  await startSweep(page)
  await expect(cell(page, `${web} cannot reach ${db}: no common network`)).toBeVisible(ENGINE)
})

test('measures images without ping and without a shell', async ({ launchApp }) => {
  const [net, bare, still] = [uniqueName('net'), uniqueName('bare'), uniqueName('still')]
  await createNetwork(cleanup, net)
  await runningContainer(bare, ['--network', net], 'noPing')
  await runContainer(cleanup, {
    image: imageReference('static'),
    name: still,
    args: ['--network', net]
  })
  const { page } = await launchApp()
  await openNetworks(page)
  await startSweep(page)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  await expect(cell(page, new RegExp(`^${bare} reaches ${still} in [\\d.]+ ms$`))).toBeVisible(
    ENGINE
  )
  await cell(page, new RegExp(`^${still} reaches ${bare} in [\\d.]+ ms$`)).click(ENGINE)
  await expect(inspector(page)).toContainText('by address and by name')
  await inspector(page)
    .getByRole('button', { name: `The way back: ${bare} → ${still}` })
    .click()
  await expect(inspector(page).getByRole('heading', { name: `${bare} → ${still}` })).toBeVisible()
})

test('connects by dragging onto a network, and disconnects by pulling the line off', async ({
  launchApp
}) => {
  const [one, two, web] = [uniqueName('one'), uniqueName('two'), uniqueName('web')]
  await createNetwork(cleanup, one)
  await createNetwork(cleanup, two)
  await runningContainer(web, ['--network', one])
  const { page } = await launchApp()
  await openNetworks(page)
  await expect(node(page, web)).toHaveAccessibleName(new RegExp(`on ${one} [\\d.]+$`))

  // Its line: it comes to the pill's end that looks towards the network.
  const pill = await boxOf(node(page, web))
  const rose = await boxOf(hub(page, one))
  const isRight = pill.x > rose.x
  const grip = { x: isRight ? pill.x - 8 : pill.x + pill.width + 8, y: pill.y + pill.height / 2 }
  await drag(page, grip, { x: grip.x, y: grip.y + 130 })
  const question = page.getByRole('dialog', { name: `Disconnect ${web} from ${one}?` })
  await expect(question).toContainText(`It is the last network of ${web}`)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(node(page, web)).toHaveAccessibleName(new RegExp(`on ${one} [\\d.]+$`))

  await drag(page, centreOf(pill), centreOf(await boxOf(hub(page, two))), async () => {
    await expect(page.getByText(`Connect ${web} to ${two}`, { exact: true })).toBeVisible()
  })
  await expect(node(page, web)).toHaveAccessibleName(
    new RegExp(`${one} [\\d.]+, ${two} [\\d.]+$`),
    ENGINE
  )
  await expect(lastCommand(page)).toHaveText(`docker network connect ${two} ${web}`)
  const inspected = await docker(['inspect', '--format', '{{json .NetworkSettings.Networks}}', web])
  expect(Object.keys(JSON.parse(inspected) as object).sort()).toEqual([one, two].sort())

  // A container in the water is only moved.
  await drag(page, centreOf(await boxOf(node(page, web))), { x: 420, y: 600 })
  await expect(node(page, web)).toHaveAccessibleName(new RegExp(`${one} [\\d.]+, ${two} [\\d.]+$`))
})

test('works by the keyboard alone', async ({ launchApp }) => {
  const [net, other, web] = [uniqueName('net'), uniqueName('other'), uniqueName('web')]
  await createNetwork(cleanup, net)
  await createNetwork(cleanup, other)
  await runningContainer(web, ['--network', net])
  const { page } = await launchApp()
  await openNetworks(page)
  await hub(page, net).focus()
  await page.keyboard.press('ArrowRight')
  await expect(node(page, web)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('heading', { name: web })).toBeVisible()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Connect to…' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('menuitem', { name: new RegExp(`^${other}`) }).focus()
  await page.keyboard.press('Enter')
  await expect(node(page, web)).toHaveAccessibleName(
    new RegExp(`${net} [\\d.]+, ${other} [\\d.]+$`)
  )
  await expect(node(page, web)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(inspector(page).getByRole('heading', { name: web })).toHaveCount(0)
})

test('shows what another client does, and asks before a network goes', async ({ launchApp }) => {
  const [gone, kept, web] = [uniqueName('gone'), uniqueName('kept'), uniqueName('web')]
  await createNetwork(cleanup, gone)
  await createNetwork(cleanup, kept)
  await runningContainer(web, ['--network', kept])
  const { page } = await launchApp()
  await openNetworks(page)
  await expect(hub(page, gone)).toBeVisible()
  await docker(['network', 'rm', gone])
  await expect(hub(page, gone)).toHaveCount(0)

  await page.getByRole('tab', { name: 'List' }).click()
  await expect(page.getByRole('row', { name: kept })).toContainText(web)
  await page.getByRole('row', { name: 'bridge', exact: true }).click({ button: 'right' })
  await expect(page.getByRole('menu')).toContainText(
    'Docker makes “bridge” itself; it cannot be removed.'
  )
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: kept }).click()
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: `Remove the network ${kept}?` })
  await expect(question).toContainText(`${web} is on it and is disconnected first`)
  await question.getByRole('button', { name: 'Disconnect and remove' }).click()
  await expect(page.getByRole('row', { name: kept })).toHaveCount(0)
  await expect(lastCommand(page)).toHaveText(`docker network rm ${kept}`)
  await page.getByRole('tab', { name: 'Chart' }).click()
  await expect(node(page, web)).toHaveAccessibleName(`${web}, running, on no network`)
})

test('says of a container that stopped that nobody answers there', async ({ launchApp }) => {
  const [net, web, db] = [uniqueName('net'), uniqueName('web'), uniqueName('db')]
  await createNetwork(cleanup, net)
  await runningContainer(web, ['--network', net])
  await runningContainer(db, ['--network', net])
  const { page } = await launchApp()
  await openNetworks(page)
  await startSweep(page)
  await page.getByRole('tab', { name: 'Matrix' }).click()
  await cell(page, new RegExp(`^${web} reaches ${db} in`)).click(ENGINE)
  await docker(['kill', db])
  await expect(cell(page, new RegExp(`^Out of date: ${web} reaches ${db} in`))).toBeVisible(ENGINE)
  await inspector(page).getByRole('button', { name: 'Measure again' }).click()
  await expect(cell(page, `${web} cannot reach ${db}: ${db} is exited`)).toBeVisible(ENGINE)
  await expect(inspector(page)).toContainText(`${db} is exited: there is nobody to answer.`)
  await page.getByRole('button', { name: /^Stopped/ }).click()
  await expect(cell(page, new RegExp(db))).toHaveCount(0)
})
