import { afterEach, expect, it } from 'vitest'
import { formatCommand, quoteArgument } from '../../src/shared/command/quote'
import { shellCommand } from '../../src/shared/exec/command'
import { createCleanup, docker, imageReference, runContainer } from '../engine/context'
import { cliOnPath, runLine } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

/** Run by the shell that the line opens: says who and where it is, and ends with a code of its own. */
const SCRIPT = `echo "[$(id -u)] [$(pwd)] [$(test -t 0 && echo tty)]"; exit 7\n`

it.each([
  ['plain', {}, '[0] [/] [tty]'],
  ['as a user', { user: 'sailor' }, '[1000] [/] [tty]'],
  ['as a user and a group by number', { user: '1234:5678' }, '[1234] [/] [tty]'],
  ['in a folder', { workingDir: '/tmp' }, '[0] [/tmp] [tty]'],
  [
    'in a folder whose name needs quoting',
    { workingDir: `/it's $HOME "a" -b` },
    `[0] [/it's $HOME "a" -b] [tty]`
  ],
  ['by a shell of one’s own', { shell: '/bin/ash' }, '[0] [/] [tty]'],
  ['by a shell whose name needs quoting', { shell: '/my sh' }, '[0] [/] [tty]']
])(`the command line of a shell (${cli.version}): %s`, async (_title, more, expected) => {
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']
  })
  const setUp = `mkdir -p "/it's \\$HOME \\"a\\" -b"; printf '#!/bin/sh\\nexec sh\\n' > '/my sh'; chmod +x '/my sh'`
  await docker(['exec', name, 'sh', '-c', setUp])
  const line = formatCommand(shellCommand({ container: name, ...more }))
  // `script` gives the CLI the terminal that `-it` asks for.
  const inTerminal = `script --quiet --return --command ${quoteArgument(line)} /dev/null`
  const { exitCode, stdout } = await runLine(inTerminal, { cli, input: SCRIPT })
  expect(stdout).toContain(expected)
  expect(exitCode).toBe(7)
})
