import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Cleanup } from './cleanup'

/** A credential helper of the tests' own: docker's protocol over one JSON file. It notes how it was called. */
export interface TestHelper {
  /** What `credsStore` and `credHelpers` call it. */
  readonly name: string
  /** The PATH on which it is found. */
  readonly path: string
  /** What it keeps, by registry. */
  readonly kept: () => Promise<Record<string, { Username: string; Secret: string }>>
  /** The arguments of each of its runs. */
  readonly calls: () => Promise<string[]>
}

/** Source: docker-credential-helpers, the protocol of `store`, `get`, `erase` and `list`. */
const PROGRAM = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs')
const [store, calls] = [__dirname + '/kept.json', __dirname + '/calls']
const verb = process.argv[2]
appendFileSync(calls, process.argv.slice(2).join(' ') + '\\n')
const kept = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {}
const input = verb === 'list' ? '' : readFileSync(0, 'utf8')
const say = (value) => process.stdout.write(JSON.stringify(value))
const fail = (words) => { process.stdout.write(words); process.exit(1) }
if (verb === 'store') {
  const { ServerURL, ...entry } = JSON.parse(input)
  kept[ServerURL] = entry
  writeFileSync(store, JSON.stringify(kept))
} else if (verb === 'get') {
  const entry = kept[input.trim()]
  if (entry) say({ ServerURL: input.trim(), ...entry })
  else fail('credentials not found in native keychain')
} else if (verb === 'erase') {
  delete kept[input.trim()]
  writeFileSync(store, JSON.stringify(kept))
} else say(Object.fromEntries(Object.entries(kept).map(([url, entry]) => [url, entry.Username])))
`

/** Puts a helper into a folder of its own; it is gone at clean-up. */
export async function makeCredentialHelper(
  cleanup: Cleanup,
  name = 'harbour'
): Promise<TestHelper> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-helper-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const program = join(folder, `docker-credential-${name}`)
  await writeFile(program, PROGRAM, { mode: 0o755 })
  const read = (file: string): Promise<string> =>
    readFile(join(folder, file), 'utf8').catch(() => '')
  return {
    name,
    path: [folder, process.env['PATH'] ?? ''].join(delimiter),
    kept: async () =>
      JSON.parse((await read('kept.json')) || '{}') as Awaited<ReturnType<TestHelper['kept']>>,
    calls: async () => (await read('calls')).split('\n').filter(Boolean)
  }
}
