import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const from = new URL('.', import.meta.url).href
const imports = `
  import { exitOf, interruption, startChild } from '${from}children.mjs'
  import { atTheEnd, runMain } from '${from}lifetime.mjs'
  import { SetupError } from '${from}say.mjs'
`

/** @param {string} body of a script's main function */
function script(body) {
  const source = `${imports} await runMain(async () => { ${body} })`
  return spawn(process.execPath, ['--input-type=module', '-e', source])
}

/** @param {import('node:child_process').ChildProcessWithoutNullStreams} child */
async function ended(child) {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit')
  ])
  return { stdout, stderr, code }
}

/** A program that says "ready", counts its signals, and takes a moment to end in order. */
const orderly = `
  let signals = 0
  process.on('SIGINT', () => {
    if (signals++ === 0) setTimeout(() => { console.log('signals: ' + signals); process.exit(0) }, 300)
  })
  setInterval(() => {}, 1000)
  console.log('ready')
`

describe('runMain', { timeout: 20_000 }, () => {
  it("ends with the script's code, after its endings, the last first", async () => {
    const result = await ended(
      script(
        `atTheEnd(() => console.log('first')); atTheEnd(() => console.log('second')); return 7`
      )
    )
    expect(result).toEqual({ stdout: 'second\nfirst\n', stderr: '', code: 7 })
  })

  it('shows a foreseen failure as words, and an unforeseen one with its stack', async () => {
    const foreseen = await ended(script(`throw new SetupError('no room')`))
    expect(foreseen).toEqual({ stdout: '', stderr: 'portolan: no room\n', code: 1 })
    const unforeseen = await ended(script(`throw new TypeError('a bug')`))
    expect(unforeseen.stderr).toMatch(/TypeError: a bug\n\s+at /)
    expect(unforeseen.code).toBe(1)
  })

  it('passes one Ctrl+C on once, however often it comes, and waits for the child', async () => {
    const main = script(`
      atTheEnd(() => console.log('ended'))
      const args = ['-e', ${JSON.stringify(orderly)}]
      return exitOf(startChild(process.execPath, args, { stdio: 'inherit' }))
    `)
    main.stdout.once('data', () => {
      // the terminal's, and npm's repetition of it
      main.kill('SIGINT')
      main.kill('SIGINT')
      setTimeout(() => main.kill('SIGINT'), 50)
    })
    const result = await ended(main)
    expect(result.stdout).toBe('ready\nsignals: 1\nended\n')
    expect(result.code).toBe(130)
  })

  it('kills a child that does not end in its time', async () => {
    const main = script(`
      const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log(process.pid)"
      const options = { stdio: 'inherit', killAfterMs: 100 }
      return exitOf(startChild(process.execPath, ['-e', stubborn], options))
    `)
    const [line] = await once(main.stdout, 'data')
    main.kill('SIGTERM')
    expect((await ended(main)).code).toBe(143)
    expect(() => process.kill(Number(line), 0)).toThrow('ESRCH')
  })

  it('does not interrupt what others live on, and leaves nothing of it either', async () => {
    const main = script(`
      const server = "process.on('SIGINT', () => console.log('interrupted')); setInterval(() => {}, 1000); console.log('ready')"
      const options = { stdio: 'inherit', serves: true }
      startChild(process.execPath, ['-e', server], options)
      await new Promise((resolve) => interruption.addEventListener('abort', resolve))
      return 0
    `)
    await once(main.stdout, 'data')
    main.kill('SIGINT')
    // The server shares our stdout: its end is read only once the server is gone too.
    expect((await ended(main)).stdout).toBe('')
  })
})
