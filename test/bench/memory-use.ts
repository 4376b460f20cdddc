import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

/** What a process and all its descendants use. */
export interface TreeUse {
  /** Proportional set size: pages that several processes share are counted once in all. */
  readonly pssBytes: number
  /** Processor time so far, in clock ticks (of 10 ms on every Linux that we know). */
  readonly ticks: number
  readonly processes: number
}

/** Between two looks, in ms. */
const LOOK_MS = 1000
/** Two looks are equal within this share, and a tree that used less than {@link IDLE_TICKS} between them is idle. */
const EQUAL = 0.01
const IDLE_TICKS = 5
const DEADLINE_MS = 60_000

/** Waits until a process tree rests: two looks in a row find the same memory and next to no work. Linux only. */
export async function useAtRest(pid: number): Promise<TreeUse> {
  const deadlineMs = performance.now() + DEADLINE_MS
  let before = await treeUse(pid)
  let quietLooks = 0
  while (quietLooks < 2) {
    if (performance.now() > deadlineMs) throw new Error('the process tree does not come to rest')
    await delay(LOOK_MS)
    const now = await treeUse(pid)
    const isQuiet =
      Math.abs(now.pssBytes - before.pssBytes) <= EQUAL * now.pssBytes &&
      now.ticks - before.ticks <= IDLE_TICKS
    quietLooks = isQuiet ? quietLooks + 1 : 0
    before = now
  }
  return before
}

/** What a process tree uses now. Source: `/proc/PID/stat`, `/proc/PID/smaps_rollup` (proc(5)). */
export async function treeUse(root: number): Promise<TreeUse> {
  const all = (await Promise.all((await pids()).map(readStat))).filter((stat) => stat !== undefined)
  const tree = new Set([root])
  // A child may have a lower number than its parent: until nothing is added.
  for (let size = 0; size < tree.size;) {
    size = tree.size
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid)
  }
  const members = all.filter(({ pid }) => tree.has(pid))
  const sizes = await Promise.all(members.map(({ pid }) => pssOf(pid)))
  return {
    pssBytes: sizes.reduce((sum, size) => sum + size, 0),
    ticks: members.reduce((sum, { ticks }) => sum + ticks, 0),
    processes: members.length
  }
}

async function pids(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => {
    throw new Error('memory is read from /proc, which this system does not have')
  })
  return names.map(Number).filter((pid) => Number.isInteger(pid))
}

interface Stat {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
}

/** Undefined for a process that has ended meanwhile. */
async function readStat(pid: number): Promise<Stat | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may hold anything: what counts comes behind the last one, from field 3 on.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined
  }
}

async function pssOf(pid: number): Promise<number> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024
  } catch {
    return 0 // ended meanwhile
  }
}
