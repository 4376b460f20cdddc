import { execFile } from 'node:child_process'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isAlive } from './process-state'

/** Longest wait for killed processes to be gone. */
const GONE_MS = 10_000

/**
 * Ends what an engine left behind that was killed, or that did not tidy up (seen on 20.10.24): its containerd, the shims with their
 * containers, and every mount below its folder. A containerd that is just dying would otherwise be taken for a living one by the next
 * dockerd, which then fails. The engine itself must have ended. Nothing there is no fault; Linux, as root.
 */
export async function sweepLeftovers(folder: string): Promise<void> {
  const left = await processesOf(folder)
  const containers = (await Promise.all(left.map(childrenOf))).flat()
  // Shims reap their containers, so those go first; a container's first process takes all others along.
  const pids = [...new Set([...containers, ...left])]
  for (const pid of pids) kill(pid)
  const deadlineMs = Date.now() + GONE_MS
  // Not our children: nobody tells of their end.
  while ((await anyAlive(pids)) && Date.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // dockerd takes a process that has ended and was never reaped for a living containerd, waits for it, and fails.
  await rm(join(folder, 'exec', 'containerd', 'containerd.pid'), { force: true })
  const mounts = await mountsBelow(folder)
  if (mounts.length > 0) {
    // Lazily: what still holds one open keeps it, and no longer in the way.
    await promisify(execFile)('umount', ['--lazy', '--', ...mounts]).catch(() => undefined)
  }
}

/** containerd and its shims; each names a path below the folder in its arguments. */
async function processesOf(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [program = '', ...args] = (await read(`/proc/${pid}/cmdline`)).split('\0')
      const isContainerd = /^containerd(-shim.*)?$/.test(program.split('/').at(-1) ?? '')
      return isContainerd && args.some((arg) => arg.startsWith(`${folder}/`)) ? [pid] : []
    })
  )
  return found.flat()
}

/** Source: proc(5), `/proc/pid/task/tid/children`. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const lists = await Promise.all(threads.map((tid) => read(`/proc/${pid}/task/${tid}/children`)))
  return lists.flatMap((list) => list.trim().split(' ').filter(Boolean).map(Number))
}

async function anyAlive(pids: readonly number[]): Promise<boolean> {
  return (await Promise.all(pids.map(isAlive))).includes(true)
}

/** Mount points below a folder, the newest first. Source: proc(5), `/proc/pid/mountinfo`, field 5, white space as `\040`. */
async function mountsBelow(folder: string): Promise<string[]> {
  const lines = (await read('/proc/self/mountinfo')).split('\n')
  return lines
    .map((line) => line.split(' ')[4] ?? '')
    .map((path) =>
      path.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)))
    )
    .filter((path) => path.startsWith(`${folder}/`))
    .toReversed()
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone in the meantime, as wished.
  }
}
