import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** What full-screen programs read besides their libraries, as far as this machine has it: descriptions of terminals, a locale. */
const SHARED = ['/lib/terminfo', '/usr/lib/locale/C.utf8']

/**
 * Programs of this machine with all that they need to run in a container: their libraries, and folders of theirs.
 * @param {readonly string[]} names as on PATH
 * @param {readonly string[]} folders absolute
 * @returns {import('./archive.mjs').Entry[]}
 */
export function programEntries(names, folders) {
  const programs = names.map((name) => `/usr/bin/${name}`)
  const libraries = new Set(programs.flatMap(librariesOf))
  return [
    ...[...programs, ...libraries].map((path) => fileEntry(path, realpathSync(path))),
    ...[...SHARED, ...folders].flatMap(folderEntries)
  ]
}

/**
 * Source: `ldd FILE`, a line per library: `\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, the loader's without an arrow.
 * @param {string} program
 */
function librariesOf(program) {
  const lines = execFileSync('ldd', [program], { encoding: 'utf8' })
  return [...lines.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path)
}

/** @param {string} folder @returns {import('./archive.mjs').Entry[]} */
function folderEntries(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return folderEntries(path)
    return lstatSync(realpathSync(path)).isFile() ? [fileEntry(path, realpathSync(path))] : []
  })
}

/** @param {string} path @param {string} source @returns {import('./archive.mjs').Entry} */
function fileEntry(path, source) {
  return { path: path.slice(1), content: readFileSync(source), mode: 0o755 }
}
