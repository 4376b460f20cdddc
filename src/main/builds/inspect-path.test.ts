import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FolderReport } from '../../shared/builds/model'
import { inspectPath } from './inspect-path'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'inspect-'))
  await chmod(root, 0o755)
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

function inspect(path = root): Promise<FolderReport> {
  return inspectPath(path, { signal: new AbortController().signal })
}

async function asOther<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid?.(65_534)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}

describe('a folder to build', () => {
  it('is told with all that the dialog shows', async () => {
    await write({
      Dockerfile: 'ARG V=1\nFROM node:${V} AS build\nFROM scratch\n',
      'api.Dockerfile': '# syntax=docker/dockerfile:1\nFROM busybox\n',
      'api.Dockerfile.dockerignore': 'x',
      '.dockerignore': 'node_modules\n*.log\n!.env\n',
      '.env': 'SECRET=1',
      '.env.example': 'SECRET=',
      'src/main.js': 'x'.repeat(1000),
      'a.log': 'l',
      'node_modules/p/i.js': 'p'
    })
    await symlink('.', join(root, 'loop'))
    const report = await inspect()
    expect(report).toMatchObject({
      kind: 'build-folder',
      path: root,
      dockerfiles: [
        {
          path: 'Dockerfile',
          baseImages: ['node:1'],
          args: [{ name: 'V', defaultValue: '1', line: 1 }],
          stages: [{ name: 'build' }, { base: 'scratch' }]
        },
        { path: 'api.Dockerfile', ownIgnoreFile: 'api.Dockerfile.dockerignore' }
      ],
      context: {
        fileCount: 7,
        directoryCount: 1,
        otherCount: 1,
        biggestFiles: [{ path: 'src/main.js', sizeBytes: 1000 }, {}, {}, {}, {}],
        isTruncated: false
      },
      ignore: {
        file: '.dockerignore',
        patternCount: 3,
        ignoredCount: 2,
        ignored: ['a.log', 'node_modules/']
      },
      skipped: [],
      unreadable: [],
      warnings: [
        { kind: 'possible-secret', path: '.env', suggestedPattern: '.env' },
        { kind: 'registry-syntax', path: 'api.Dockerfile' }
      ]
    })
  })

  it('of 5 GB is told at once, with a word on its size and on what is heavy', async () => {
    await write({ Dockerfile: 'FROM scratch\n', 'node_modules/huge.bin': '' })
    await truncate(join(root, 'node_modules/huge.bin'), 5_000_000_000)
    const report = await inspect()
    if (report.kind !== 'build-folder') throw new Error(report.kind)
    expect(report.context.sizeBytes).toBe(5_000_000_013)
    expect(report.context.biggestEntries[0]).toEqual({
      path: 'node_modules/',
      sizeBytes: 5_000_000_000
    })
    expect(report.warnings).toMatchObject([
      { kind: 'large-context' },
      { kind: 'heavy-folder', path: 'node_modules/', suggestedPattern: '**/node_modules' }
    ])
  })

  it('with a socket, a FIFO and loops: the socket is skipped and nothing hangs', async () => {
    await write({ dockerfile: 'FROM scratch\n' })
    execFileSync('mkfifo', [join(root, 'pipe')])
    await symlink('b', join(root, 'a'))
    await symlink('a', join(root, 'b'))
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(root, 's.sock'), resolve))
    try {
      expect(await inspect()).toMatchObject({
        kind: 'build-folder',
        dockerfiles: [{ path: 'dockerfile' }],
        context: { fileCount: 1, otherCount: 3 },
        skipped: [{ path: 's.sock', reason: 'socket' }]
      })
    } finally {
      server.close()
    }
  })

  it('names what cannot be read, files and folders', async () => {
    await write({
      Dockerfile: 'FROM scratch\n',
      secret: 'x',
      'closed/in': 'x',
      ignored: 'x',
      '.dockerignore': 'ignored'
    })
    for (const path of ['secret', 'closed', 'ignored']) await chmod(join(root, path), 0)
    const report = await asOther(() => inspect())
    await chmod(join(root, 'closed'), 0o755)
    expect(report).toMatchObject({
      kind: 'build-folder',
      unreadable: [
        { path: 'closed', reason: 'permission-denied' },
        { path: 'secret', reason: 'permission-denied' }
      ]
    })
  })

  it('with a faulty ignore file says so and shows everything', async () => {
    await write({ Dockerfile: 'FROM scratch\n', '.dockerignore': 'a[\n', a: 'x' })
    expect(await inspect()).toMatchObject({
      kind: 'build-folder',
      ignore: { problem: expect.stringContaining('a['), ignoredCount: 0 },
      context: { fileCount: 3 }
    })
  })

  it('whose Dockerfiles are a FIFO and a link to a device does not hang', async () => {
    execFileSync('mkfifo', [join(root, 'Dockerfile')])
    await symlink('/dev/zero', join(root, 'x.Dockerfile'))
    expect(await inspect()).toMatchObject({
      kind: 'build-folder',
      dockerfiles: [
        { path: 'Dockerfile', problem: 'It is no regular file.' },
        { path: 'x.Dockerfile', problem: 'It is no regular file.' }
      ]
    })
  })

  it.each(['FIFO', 'device'])('whose ignore file is a %s says so', async (kind) => {
    await write({ Dockerfile: 'FROM scratch\n' })
    const path = join(root, '.dockerignore')
    if (kind === 'FIFO') execFileSync('mkfifo', [path])
    else await symlink('/dev/zero', path)
    expect(await inspect()).toMatchObject({
      kind: 'build-folder',
      ignore: { problem: expect.stringContaining('It is no regular file.'), ignoredCount: 0 },
      context: { fileCount: 1, otherCount: 1 }
    })
  })

  it('whose Dockerfile is a folder or a dangling link still has an answer', async () => {
    await mkdir(join(root, 'Dockerfile'))
    await symlink('gone', join(root, 'x.Dockerfile'))
    expect(await inspect()).toMatchObject({
      kind: 'build-folder',
      dockerfiles: [
        { path: 'Dockerfile', problem: expect.any(String) },
        { path: 'x.Dockerfile', problem: expect.any(String) }
      ]
    })
  })
})

it('a folder without a Dockerfile', async () => {
  await write({ a: 'x' })
  expect(await inspect()).toMatchObject({
    kind: 'folder-without-dockerfile',
    context: { fileCount: 1, sizeBytes: 1 },
    proposedTag: expect.stringMatching(/^inspect-/)
  })
})

it('a link to a folder is that folder under its own name', async () => {
  await write({ 'real/Dockerfile': 'FROM scratch\n' })
  await symlink('real', join(root, 'My Link'))
  expect(await inspect(join(root, 'My Link'))).toMatchObject({
    kind: 'build-folder',
    name: 'My Link',
    proposedTag: 'my-link'
  })
})

describe('what is no folder', () => {
  it('a file, and a Dockerfile', async () => {
    await write({ 'a.txt': 'abc', Dockerfile: 'FROM scratch\n' })
    expect(await inspect(join(root, 'a.txt'))).toEqual({
      kind: 'file',
      path: join(root, 'a.txt'),
      name: 'a.txt',
      sizeBytes: 3,
      isDockerfile: false,
      folder: root
    })
    expect(await inspect(join(root, 'Dockerfile'))).toMatchObject({
      kind: 'file',
      isDockerfile: true
    })
  })

  it('a FIFO, a device, nothing, a loop', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    await symlink('loop', join(root, 'loop'))
    expect(await inspect(join(root, 'pipe'))).toMatchObject({ kind: 'special', type: 'fifo' })
    expect(await inspect('/dev/null')).toMatchObject({ kind: 'special', type: 'device' })
    expect(await inspect(join(root, 'gone'))).toMatchObject({
      kind: 'unreadable',
      reason: 'not-found'
    })
    expect(await inspect(join(root, 'loop'))).toMatchObject({
      kind: 'unreadable',
      reason: 'symlink-loop'
    })
  })

  it('a folder that may not be entered', async () => {
    await mkdir(join(root, 'closed'), { mode: 0 })
    const report = await asOther(() => inspect(join(root, 'closed')))
    expect(report).toMatchObject({ kind: 'unreadable', reason: 'permission-denied' })
  })

  it('the root of the file system, and the home folder', async () => {
    expect(await inspect('/')).toMatchObject({ kind: 'too-broad', reason: 'filesystem-root' })
    expect(await inspect(homedir())).toMatchObject({ kind: 'too-broad', reason: 'home' })
  })
})

it('stops when it is told to', async () => {
  await write({ Dockerfile: 'FROM scratch\n' })
  await expect(inspectPath(root, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
})
