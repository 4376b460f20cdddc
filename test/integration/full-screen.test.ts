import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCleanup, docker, runContainer, testEngine } from '../engine/context'
import { packArchive, packImage } from '../engine/images/archive.mjs'
import { readBusybox } from '../engine/images/busybox.mjs'
import { shellEntries } from '../engine/images/image-set.mjs'
import { programEntries } from '../engine/images/programs.mjs'
import { DrivenTerminal } from './driven-terminal'
import { Terminals } from './terminal'

/** Programs that take the whole screen, as a person uses them in a shell of a container. */

const IMAGE = 'portolan-test/full-screen:latest'
const KEY = { escape: '\u001b', f10: '\u001b[21~', prefix: '\u0002' }

const cleanup = createCleanup()
let terminals: Terminals
let terminal: DrivenTerminal
let session: string

beforeAll(async () => {
  const { binary, applets } = readBusybox()
  const programs = programEntries(
    ['vim.tiny', 'htop', 'mc', 'tmux'],
    ['/usr/share/mc/skins', '/etc/mc']
  )
  const image = await packImage({
    reference: IMAGE,
    entries: [...shellEntries(binary, applets), ...programs],
    config: { Env: ['PATH=/usr/bin:/bin', 'LANG=C.UTF-8', 'SHELL=/bin/sh', 'PS1=$ '] }
  })
  await docker(['load'], { input: await packArchive([image]) })
})
afterAll(() => docker(['rmi', '--force', IMAGE]))

beforeEach(async () => {
  const { id } = await runContainer(cleanup, {
    image: IMAGE,
    command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']
  })
  terminals = await Terminals.connect(cleanup, testEngine().dockerHost)
  session = await terminals.shell(id)
  terminal = new DrivenTerminal(terminals, session)
  terminal.type('clear; echo bef""ore\r')
  await terminal.untilText('before\n$')
})
afterEach(() => cleanup.run())

describe('a full-screen program', () => {
  it('vim: edits a file', async () => {
    await start('vim.tiny /tmp/note.txt', '"/tmp/note.txt" [New')
    terminal.type('ihello from vim')
    await terminal.untilText('hello from vim')
    await isShownLater()
    terminal.resize(100, 30)
    await terminal.until('30 lines', ({ lines }) => lines[28]?.trimEnd() === '~')
    terminal.type(`${KEY.escape}:wq\r`)
    await isBack('vim.tiny /tmp/note.txt')
    terminal.type('cat /tmp/note.txt\r')
    await terminal.untilText('\nhello from vim\n')
  })

  it('htop: shows the processes, as a tree too', async () => {
    await start('htop', 'F10Quit')
    expect(terminal.screen.text).toContain('PID')
    await terminal.untilText('F5Tree')
    terminal.type('t')
    await terminal.untilText('F5List')
    terminal.resize(100, 30)
    await terminal.until('30 lines', ({ lines }) => lines[29]?.includes('F10Quit') ?? false)
    terminal.type('q')
    await isBack('htop')
  })

  it('mc: has two panels, and walks in one', async () => {
    await start('mc --nosubshell /usr /etc', '10Quit')
    expect(terminal.screen.text).toContain(' passwd ')
    terminal.type('cd /usr/share\r')
    await terminal.until('another folder', ({ lines }) =>
      lines.some((line) => line.includes('─ /usr/share '))
    )
    await isShownLater()
    terminal.resize(100, 30)
    await terminal.until('30 lines', ({ lines }) => lines[29]?.includes('10Quit') ?? false)
    terminal.type(KEY.f10)
    await isBack('mc --nosubshell /usr /etc')
  })

  it('tmux: splits its screen, is left and come back to', async () => {
    await start(`tmux -u new -s one \\; set status-right ''`, '[one]')
    terminal.type('echo ins""ide\r')
    await terminal.untilText('inside\n')
    terminal.type(`${KEY.prefix}"`)
    await terminal.untilText('────────')
    await isShownLater()
    terminal.resize(100, 30)
    await terminal.until('30 lines', ({ lines }) => lines[29]?.startsWith('[one]') ?? false)
    terminal.type(`${KEY.prefix}d`)
    await terminal.untilText('[detached (from session one)]')
    expect(terminal.screen.isAlternate).toBe(false)
    terminal.type('clear; tmux -u attach\r')
    await terminal.until('both panes', ({ text }) => /inside[^]*────────/.test(text))
    terminal.type(`${KEY.prefix}&`)
    await terminal.untilText('kill-window')
    terminal.type('y')
    await terminal.untilText('[exited]')
    expect(terminal.screen.isAlternate).toBe(false)
  })
})

/** Runs a program, which takes the other screen and shows this text. */
async function start(line: string, text: string): Promise<void> {
  terminal.type(`${line}\r`)
  await terminal.until(text, (screen) => screen.isAlternate && screen.text.includes(text))
}

/** The main screen has come back as it was, with the next prompt, and no mode is left. */
async function isBack(line: string): Promise<void> {
  await terminal.until(
    'the prompt',
    (screen) => !screen.isAlternate && /\$ *$/.test(screen.text.trimEnd())
  )
  // What it lacks in this image it may say as it goes.
  expect(terminal.screen.text.trimEnd()).toMatch(/^before\n\$ .*\n(Warning: .*\n)*\n*\$$/)
  expect(terminal.screen.text).toContain(`$ ${line}\n`)
}

/** A window that comes later shows the same. */
async function isShownLater(): Promise<void> {
  const later = new DrivenTerminal(terminals, session, true)
  await later.until('the same', ({ text }) => text === terminal.screen.text)
  expect(later.screen.isAlternate).toBe(true)
  later.view.close()
}
