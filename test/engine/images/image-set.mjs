import { readBusybox, withoutPing } from './busybox.mjs'
import { printingProgram, sleepingProgram } from './elf.mjs'
import { packImage } from './archive.mjs'

/**
 * The images that every test may count on, by the names that tests use:
 * - `busybox`: a shell with all of busybox, ping included
 * - `helloWorld`: prints a greeting and exits with 0
 * - `noPing`: a shell, but no ping
 * - `static`: one program that sleeps until it is stopped; no shell, nothing else
 * @typedef {'busybox' | 'helloWorld' | 'noPing' | 'static'} ImageName
 */

/** @type {readonly ImageName[]} */
export const IMAGE_NAMES = ['busybox', 'helloWorld', 'noPing', 'static']

/** What a container of `helloWorld` prints. */
export const GREETING = `
Hello from Portolan!
This message shows that the engine ran a container.

`

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** @type {Record<ImageName, string>} */
const OWN_REFERENCES = {
  busybox: 'busybox:latest',
  helloWorld: 'hello-world:latest',
  noPing: 'portolan-test/no-ping:latest',
  static: 'portolan-test/static:latest'
}

/** On somebody's own engine `busybox:latest` is theirs: a load would take its tag away. @type {Record<ImageName, string>} */
const SHARED_REFERENCES = {
  ...OWN_REFERENCES,
  busybox: 'portolan-test/busybox:latest',
  helloWorld: 'portolan-test/hello-world:latest'
}

/**
 * Packs the images named.
 * @param {readonly ImageName[]} names
 * @param {{ ownEngine: boolean }} where whether the engine is the tests' own; on another, every name is ours
 */
export async function packImageSet(names, { ownEngine }) {
  const references = ownEngine ? OWN_REFERENCES : SHARED_REFERENCES
  return Promise.all(
    names.map(async (name) => {
      const packed = await packImage({ reference: references[name], ...RECIPES[name]() })
      return { ...packed, name }
    })
  )
}

/** @type {Record<ImageName, () => Omit<import('./archive.mjs').ImageRecipe, 'reference'>>} */
const RECIPES = {
  busybox: () => {
    const { binary, applets } = readBusybox()
    return {
      entries: shellEntries(binary, applets),
      config: { Env: [PATH], Cmd: ['sh'] }
    }
  },
  helloWorld: () => ({
    entries: [{ path: 'hello', content: printingProgram(GREETING), mode: 0o755 }],
    config: { Env: [PATH], Cmd: ['/hello'] }
  }),
  noPing: () => ({
    entries: shellEntries(withoutPing(readBusybox().binary), ['cat', 'echo', 'ls', 'sh', 'sleep']),
    config: { Env: [PATH], Cmd: ['sh'] }
  }),
  static: () => ({
    entries: [{ path: 'sleeper', content: sleepingProgram(), mode: 0o755 }],
    // As process 1 it would ignore SIGTERM, and every stop would take the full grace period.
    config: { Env: [PATH], Entrypoint: ['/sleeper'], StopSignal: 'SIGKILL' }
  })
}

/**
 * A root with busybox in it.
 * @param {Buffer} busybox
 * @param {string[]} applets the names to link
 * @returns {import('./archive.mjs').Entry[]}
 */
export function shellEntries(busybox, applets) {
  return [
    ...['bin', 'etc', 'home', 'usr', 'usr/bin', 'var'].map(directory),
    { path: 'root', directory: true, mode: 0o700 },
    { path: 'tmp', directory: true, mode: 0o1777 },
    { path: 'home/sailor', directory: true },
    { path: 'bin/busybox', content: busybox, mode: 0o755 },
    ...applets.map((name) => ({ path: `bin/${name}`, linkTo: '/bin/busybox' })),
    { path: 'usr/bin/env', linkTo: '/bin/busybox' },
    {
      path: 'etc/passwd',
      content: 'root:x:0:0:root:/root:/bin/sh\nsailor:x:1000:1000::/home/sailor:/bin/sh\n'
    },
    { path: 'etc/group', content: 'root:x:0:\nsailor:x:1000:\n' }
  ]
}

/** @param {string} path @returns {import('./archive.mjs').Entry} */
function directory(path) {
  return { path, directory: true }
}
