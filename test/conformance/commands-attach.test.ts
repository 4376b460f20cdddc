import { afterEach, describe, expect, it } from 'vitest'
import { formatCommand, quoteArgument } from '../../src/shared/command/quote'
import { attachCommand } from '../../src/shared/exec/command'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  uniqueName
} from '../engine/context'
import { cliOnPath, runLine } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

const UNTIL_TOLD = 'echo "[$(test -t 0 && echo tty)]"; read line; echo "got $line"; exit 7'

describe(`the command line of an attachment (${cli.version})`, () => {
  it.each([
    ['with a terminal', ['-it'], '[tty]'],
    ['without a terminal', ['-i'], '[]']
  ])('to a container that runs, %s', async (_title, args, expected) => {
    const { name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args,
      // Says it after it was attached to: nothing of before is shown.
      command: ['sh', '-c', `read go; ${UNTIL_TOLD}`]
    })
    const line = formatCommand(attachCommand({ container: name, start: false, stdin: true }))
    const { exitCode, stdout } = await run(line, args, 'go\nword\n')
    expect(stdout).toContain(expected)
    expect(stdout).toContain(expected)
    expect(stdout).toContain('got word')
    expect(exitCode).toBe(7)
  })

  it.each([
    ['with a terminal', ['-it'], '[tty]'],
    ['without a terminal', ['-i'], '[]']
  ])('that starts it, %s', async (_title, args, expected) => {
    const name = await created(args, ['sh', '-c', UNTIL_TOLD])
    const line = formatCommand(attachCommand({ container: name, start: true, stdin: true }))
    const { exitCode, stdout } = await run(line, args, 'word\n')
    expect(stdout).toContain(expected)
    expect(stdout).toContain(expected)
    expect(stdout).toContain('got word')
    expect(exitCode).toBe(7)
  })

  it('that starts one which takes no input', async () => {
    const name = await created([], ['sh', '-c', 'read line; echo "[$line] over"; exit 3'])
    const line = formatCommand(attachCommand({ container: name, start: true, stdin: false }))
    const { exitCode, stdout } = await run(line, [], 'word\n')
    expect(stdout).toContain('[] over')
    expect(exitCode).toBe(3)
  })
})

async function created(args: readonly string[], command: readonly string[]): Promise<string> {
  const name = uniqueName('attached')
  const image = imageReference('busybox')
  await docker(['create', '--name', name, ...LABEL_ARGS, ...args, image, ...command])
  cleanup.add(async () => void (await docker(['rm', '--force', name])))
  return name
}

/**
 * As a person at a terminal would run it. The CLI gets a terminal from `script` where the container has one; where it has none its input
 * stays open a while, for engines drop what was not yet sent when the input of an attachment ends.
 */
function run(line: string, args: readonly string[], input: string) {
  const inTerminal = `script --quiet --return --command ${quoteArgument(line)} /dev/null`
  return runLine(args.includes('-it') ? inTerminal : `{ cat; sleep 1; } | ${line}`, { cli, input })
}
