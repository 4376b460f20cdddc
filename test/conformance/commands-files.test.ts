import { createReadStream } from 'node:fs'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  utimes,
  writeFile
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { downloadFile, downloadFolder, downloadTar } from '../../src/main/archive/download'
import { saveFile } from '../../src/main/files/operations'
import { uploadPath } from '../../src/main/archive/upload'
import { parseAddress } from '../../src/shared/engines/address'
import { fileCommands } from '../../src/shared/files/command'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'
import { cliOnPath, runLineWell } from './command-line'
import { readContext } from './recording-engine'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const WATCH = { signal: new AbortController().signal, onBytes: () => undefined }

async function container(): Promise<{ id: string; name: string }> {
  return runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']
  })
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Everything that a container's folder holds: kind, mode, owner, time, name, and content or target. */
async function inContainer(id: string, folder: string): Promise<string[]> {
  const script = `cd ${folder} && find . -mindepth 1 -exec stat -c '%F %a %u:%g %Y %N' {} + && find . -type f -exec md5sum {} +`
  const said = await docker(['exec', id, 'sh', '-c', script])
  return said.split('\n').toSorted((a, b) => (a < b ? -1 : 1))
}

/** The same of a local folder; modes without setuid, which we never give to a file of this system. */
async function here(path: string, name = '.'): Promise<string[]> {
  const stats = await lstat(path)
  const what = stats.isSymbolicLink()
    ? `-> ${await readlink(path)}`
    : stats.isFile()
      ? (await readFile(path)).toString('base64')
      : ''
  const mode = stats.isSymbolicLink() ? '' : (stats.mode & 0o777).toString(8)
  const own = `${name} ${mode} ${Math.floor(stats.mtimeMs / 1000)} ${stats.isDirectory() ? 'folder' : ''} ${what}`
  if (!stats.isDirectory()) return [own]
  const children = (await readdir(path)).toSorted((a, b) => (a < b ? -1 : 1))
  const below = await Promise.all(
    children.map((child) => here(join(path, child), `${name}/${child}`))
  )
  return [own, ...below.flat()]
}

async function localTree(): Promise<string> {
  const tree = join(await scratch(), `it's a "tree"`)
  await mkdir(join(tree, 'sub'), { recursive: true })
  await writeFile(join(tree, '$(rm -rf x)'), 'one')
  await chmod(join(tree, '$(rm -rf x)'), 0o4751)
  await writeFile(join(tree, 'sub/привет\nдва'), 'two')
  await chown(join(tree, 'sub/привет\nдва'), 1234, 4321)
  await chmod(join(tree, 'sub'), 0o1777)
  await symlink('../..', join(tree, 'sub/up'))
  for (const path of ['sub', 'sub/привет\nдва', '$(rm -rf x)', ''])
    await utimes(join(tree, path), 1_500_000_000, 1_500_000_000)
  return tree
}

it(`an upload’s line (${cli.version}) copies the same: a folder`, async () => {
  const [ours, theirs] = await Promise.all([container(), container()])
  const tree = await localTree()
  await uploadPath(engine, tree, { containerId: ours.id, path: '/home' }, WATCH)
  await runLineWell(fileCommands.upload(tree, { container: theirs.name, path: '/home' }), { cli })
  const same = await inContainer(ours.id, '/home')
  expect(same.join()).toContain('1234:4321')
  expect(await inContainer(theirs.id, '/home')).toEqual(same)
})

it('an upload’s line copies the same: one file over another, and into a folder that is a link', async () => {
  const [ours, theirs] = await Promise.all([container(), container()])
  const file = join(await localTree(), '$(rm -rf x)')
  for (const { id } of [ours, theirs])
    await docker(['exec', id, 'sh', '-c', `mkdir /t; ln -s t /l; printf old > '/t/$(rm -rf x)'`])
  await uploadPath(engine, file, { containerId: ours.id, path: '/l' }, WATCH)
  await runLineWell(fileCommands.upload(file, { container: theirs.name, path: '/l' }), { cli })
  const same = await inContainer(ours.id, '/t')
  expect(same.join()).toContain('4751')
  expect(await inContainer(theirs.id, '/t')).toEqual(same)
})

const PLANT = `mkdir -p /t/sub; cd /t; printf one > '$(rm -rf x)'; chmod 751 '$(rm -rf x)'; chown 5:6 '$(rm -rf x)'; printf two > "sub/it's"; ln -s "it's" sub/l; ln "sub/it's" sub/hard; chmod 1777 sub; touch -d @1500000000 sub '$(rm -rf x)' "sub/it's"; touch -d @1500000001 sub; printf odd > "$(printf '/t/bad\\377')"`

it.each([
  ['a file', '/t/$(rm -rf x)', 'download', downloadFile],
  ['a link, followed', '/t/sub/l', 'download', downloadFile],
  ['a folder', '/t/sub', 'downloadAsIs', downloadFolder],
  ['a file as it is', "/t/sub/it's", 'downloadAsIs', downloadFolder]
] as const)('a download’s line copies the same: %s', async (_what, path, command, act) => {
  const { id, name } = await container()
  await docker(['exec', id, 'sh', '-c', PLANT])
  const folder = await scratch()
  const [ours, theirs] = [join(folder, 'our copy'), join(folder, 'their copy')]
  await act(engine, { containerId: id, path }, ours, WATCH)
  await runLineWell(fileCommands[command]({ container: name, path }, theirs), { cli })
  const timeless = (lines: string[]): string[] =>
    lines.map((line) => (line.includes(' -> ') ? line.replace(/ \d{10} /, ' ') : line))
  expect(timeless(await here(ours))).toEqual(timeless(await here(theirs)))
})

it('a download’s line saves the same archive', async () => {
  const { id, name } = await container()
  await docker(['exec', id, 'sh', '-c', PLANT])
  const folder = await scratch()
  const [ours, theirs] = [join(folder, 'ours.tar'), join(folder, 'their own.tar')]
  await downloadTar(engine, { containerId: id, path: '/t' }, ours, WATCH)
  await runLineWell(fileCommands.downloadTar({ container: name, path: '/t' }, theirs), { cli })
  const entries = await readContext(createReadStream(ours))
  expect(entries.length).toBeGreaterThan(5)
  expect(await readContext(createReadStream(theirs))).toEqual(entries)
})

it('the line of a save puts the same text there; ours keeps the file’s mode and owner besides', async () => {
  const [ours, theirs] = await Promise.all([container(), container()])
  for (const { id } of [ours, theirs])
    await docker(['exec', id, 'sh', '-c', 'printf old > /conf; chmod 640 /conf; chown 5:6 /conf'])
  const folder = await scratch()
  await writeFile(join(folder, 'conf'), 'new')
  await saveFile(engine, { containerId: ours.id, path: '/conf' }, Buffer.from('new'), undefined)
  await runLineWell(fileCommands.save('conf', { container: theirs.name, path: '/conf' }), {
    cli,
    cwd: folder
  })
  for (const { id } of [ours, theirs])
    expect(await docker(['exec', id, 'cat', '/conf'])).toBe('new')
  expect(await docker(['exec', ours.id, 'stat', '-c', '%a %u:%g', '/conf'])).toBe('640 5:6\n')
})
