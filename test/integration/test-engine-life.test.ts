import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  docker,
  inEngineNamespace,
  testEngine,
  TEST_LABEL,
  type EngineDescription
} from '../engine/context'
import { engineDown, killEngine, restartEngine, startEngine } from '../engine/control.mjs'
import { startTestEngine } from '../engine/index.mjs'

const RUN = fileURLToPath(new URL('../engine/run.mjs', import.meta.url))

// Each needs an engine of its own: it ends it, or counts what is left of it.
describe.skipIf(!testEngine().ownEngine)('a test engine of our own', () => {
  it('starts beside another, with the images asked for, and leaves nothing behind', async () => {
    const [one, two] = await Promise.all([startSmall(), startSmall()])
    for (const { engine } of [one, two]) {
      const images = await docker(['images', '--format', '{{.Repository}}'], { engine })
      expect(images).toBe('portolan-test/static\n')
      const run = ['run', '--detach', '--name', 'same-name', 'portolan-test/static']
      await docker(run, { engine })
    }
    await Promise.all([one.stop(), two.stop()])
    for (const { engine } of [one, two]) expect(tracesOf(engine)).toEqual([])
  })

  it('killed and started again, is the same engine on the same socket', async () => {
    const { engine } = await startSmall()
    await docker(['run', '--detach', '--name', 'survivor', 'portolan-test/static'], { engine })
    expect(await engineDown(engine)).toBe(false)
    await killEngine(engine)
    expect(await engineDown(engine)).toBe(true)
    await expect(docker(['ps'], { engine })).rejects.toThrow('Cannot connect')
    await startEngine(engine)
    expect(await docker(['ps', '-a', '--format', '{{.Names}}'], { engine })).toBe('survivor\n')
  })

  it('restarts by an orderly stop, its namespace and registries staying', async () => {
    const { engine, stop } = await startTestEngine({ images: ['static'] })
    onTestFinished(stop)
    const before = await inEngineNamespace(['pgrep', '-f', 'docker-registry serve'], engine)
    await restartEngine(engine)
    expect(await engineDown(engine)).toBe(false)
    expect(await docker(['images', '-q'], { engine })).not.toBe('')
    expect(await inEngineNamespace(['pgrep', '-f', 'docker-registry serve'], engine)).toBe(before)
  })

  it('is swept after Ctrl+C, SIGTERM and SIGKILL', async () => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const
    const ends = signals.map(async (signal) => {
      const { child, engine } = await startInProcess()
      await docker(['run', '--detach', 'portolan-test/static'], { engine })
      expect(tracesOf(engine)).not.toEqual([])
      const supervisor = await watchSupervisor(engine)
      send(child, signal)
      await supervisor.ended
      expect(tracesOf(engine), signal).toEqual([])
    })
    await Promise.all(ends)
  })

  it('is swept after a command that fails, whose exit code is passed on', async () => {
    const command = 'echo "$PORTOLAN_TEST_ENGINE"; exit 3'
    const failure = await failureOf([RUN, '--', 'sh', '-c', command], outsideOfThisRun())
    expect(failure.code).toBe(3)
    expect(tracesOf(descriptionIn(failure.stdout))).toEqual([])
  })

  it('of a run whose every process was killed, is swept by the next', async () => {
    const { child, engine } = await startInProcess()
    const { pid } = JSON.parse(readFileSync(`${engine.dir}/owner.json`, 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    send(child, 'SIGKILL')
    await once(child, 'exit')
    await startSmall()
    expect(tracesOf(engine)).toEqual([])
  })
})

describe.skipIf(!testEngine().ownEngine)('an engine that a developer names', () => {
  it('keeps all that is theirs, and is swept of all that is ours, whatever the command did', async () => {
    const { engine } = await startSmall()
    const emptyTar = Buffer.alloc(1024)
    const theirImage = await docker(['import', '-', 'busybox:latest'], { engine, input: emptyTar })
    await docker(['create', '--name', 'theirs', 'busybox:latest', '/nothing'], { engine })
    const before = await objectsOf(engine)
    const command = `
      docker network create --label ${TEST_LABEL} ours
      docker volume create --label ${TEST_LABEL} ours
      docker run -d --name ours --label ${TEST_LABEL} --net ours -v ours:/named -v /anonymous portolan-test/static
      docker commit ours derived
      echo "$PORTOLAN_TEST_ENGINE"
      exit 4`
    const env = { ...outsideOfThisRun(), PORTOLAN_TEST_DOCKER_HOST: engine.dockerHost }
    const failure = await failureOf([RUN, '--', 'sh', '-ec', command], env)
    expect(failure.code).toBe(4)
    const described = descriptionIn(failure.stdout)
    expect(described).toMatchObject({ ownEngine: false, controlSocket: null })
    expect(described.images.busybox?.reference).toBe('portolan-test/busybox:latest')
    await expect(killEngine(described)).rejects.toThrow('not its own')
    const left = await objectsOf(engine)
    // The image set of this engine carries the label too, as would any of ours on theirs.
    expect(left).toEqual(before.filter((name) => !name.startsWith('portolan-test/')))
    expect(left).toContain(`busybox:latest ${theirImage.trim()}`)
  })
})

async function startSmall(): ReturnType<typeof startTestEngine> {
  const started = await startTestEngine({ images: ['static'], registries: false })
  onTestFinished(started.stop)
  return started
}

/** A process of its own that holds an engine until its stdin ends, as a whole test run does. */
async function startInProcess(): Promise<{ child: ChildProcess; engine: EngineDescription }> {
  const command = 'echo "$PORTOLAN_TEST_ENGINE"; exec cat'
  const child = spawn(process.execPath, [RUN, '--', 'sh', '-c', command], {
    env: outsideOfThisRun(),
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true // a process group, as a terminal makes one
  })
  onTestFinished(() => void child.stdin.end())
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, engine: JSON.parse(String(line)) as EngineDescription }
}

/** Runs Node, and answers how it failed. */
async function failureOf(
  args: readonly string[],
  env: NodeJS.ProcessEnv
): Promise<{ code: unknown; stdout: string }> {
  try {
    await promisify(execFile)(process.execPath, [...args], { env })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && 'stdout' in cause) {
      return { code: cause.code, stdout: String(cause.stdout) }
    }
    throw cause
  }
  throw new Error('It did not fail.')
}

function descriptionIn(output: string): EngineDescription {
  const line = output.split('\n').find((each) => each.startsWith('{'))
  return JSON.parse(line ?? 'null') as EngineDescription
}

/** Everything in an engine that has a name. */
async function objectsOf(engine: EngineDescription): Promise<string[]> {
  const lists = await Promise.all([
    docker(['ps', '--all', '--format', '{{.Names}}'], { engine }),
    docker(['images', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}'], { engine }),
    docker(['network', 'ls', '--format', '{{.Name}}'], { engine }),
    docker(['volume', 'ls', '--format', '{{.Name}}'], { engine })
  ])
  return lists.join('').split('\n').filter(Boolean)
}

function outsideOfThisRun(): NodeJS.ProcessEnv {
  const ours = ['PORTOLAN_TEST_ENGINE', 'PORTOLAN_TEST_DOCKER_HOST']
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.includes(name)))
}

/** Ctrl+C goes to the whole process group; the others to the one process. */
function send(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) throw new Error('It did not start.')
  process.kill(signal === 'SIGINT' ? -child.pid : child.pid, signal)
}

/** Answers when connected; the promise inside is fulfilled when the engine's supervisor has ended. */
async function watchSupervisor(engine: EngineDescription): Promise<{ ended: Promise<unknown> }> {
  const socket = connect(engine.controlSocket ?? '')
  await once(socket, 'connect')
  socket.on('error', () => undefined) // a reset is an end too
  socket.resume()
  return { ended: new Promise((resolve) => socket.once('close', resolve)) }
}

/** Whatever is left of an engine: its folder, processes, mounts and control groups. */
function tracesOf(engine: EngineDescription): string[] {
  const folder = engine.dir ?? ''
  const name = basename(folder)
  const processes = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes(name))
  const mounts = readIfThere('/proc/self/mountinfo')
    .split('\n')
    .filter((line) => line.includes(name))
  const hierarchies = ['', ...readdirSync('/sys/fs/cgroup')]
  const cgroups = hierarchies.map((each) => join('/sys/fs/cgroup', each, name)).filter(existsSync)
  return [
    ...(existsSync(folder) ? [folder] : []),
    ...processes.map((pid) => `process ${pid}`),
    ...mounts,
    ...cgroups
  ]
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
