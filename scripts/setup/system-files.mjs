import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

const multiarch = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  arm: 'arm-linux-gnueabihf'
}

/**
 * Whether a part of the system is there: a few looks at files, no package manager.
 * @param {import('./system-packages.mjs').Group['kind']} kind
 * @param {import('./system-packages.mjs').Part} part
 */
export function isThere(kind, part) {
  const folders = kind === 'libraries' ? libraryFolders() : programFolders()
  return part.anyOf.some((name) => {
    const paths = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name))
    return paths.some((path) => existsSync(path) && (!part.isStatic || isStaticExecutable(path)))
  })
}

function libraryFolders() {
  const triplet = Object.entries(multiarch).find(([arch]) => arch === process.arch)?.[1]
  const own = (process.env.LD_LIBRARY_PATH ?? '').split(delimiter).filter((path) => path !== '')
  const ofTriplet = triplet ? [`/usr/lib/${triplet}`, `/lib/${triplet}`] : []
  return [...own, ...ofTriplet, '/usr/lib64', '/lib64', '/usr/lib', '/usr/local/lib']
}

/** PATH, and where daemons live, which an ordinary person's PATH leaves out. */
function programFolders() {
  const own = (process.env.PATH ?? '').split(delimiter).filter((path) => path !== '')
  return [...own, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
}

/**
 * Whether an ELF executable runs without a dynamic loader, so that it runs in an empty image. The
 * loader's path stands right behind the program headers, within the first page.
 * @param {string} path
 */
export function isStaticExecutable(path) {
  const page = Buffer.alloc(4096)
  const file = openSync(path, 'r')
  try {
    readSync(file, page, 0, page.length, 0)
  } finally {
    closeSync(file)
  }
  const isElf = page.subarray(0, 4).toString('latin1') === '\x7fELF'
  return isElf && !/\/ld-(linux|musl)[\w.-]*\.so/.test(page.toString('latin1'))
}
