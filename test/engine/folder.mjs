import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const PREFIX = 'portolan-engine-'
const CGROUP_ROOT = '/sys/fs/cgroup'

/** A unix socket's path has 107 bytes at most; this is the longest that is made below the folder. */
const LONGEST_SOCKET = '/exec/containerd/containerd-debug.sock'
const SOCKET_PATH_LIMIT = 107

/** A folder without an owner's name in it may be one that is just being made. */
const NEWBORN_MS = 60_000

/** Makes the folder of one engine, with this process as its owner. */
export function makeEngineFolder() {
  const parent = [tmpdir(), '/tmp'].find(
    (path) => path.length + PREFIX.length + 7 + LONGEST_SOCKET.length <= SOCKET_PATH_LIMIT
  )
  const folder = mkdtempSync(join(parent ?? '/tmp', PREFIX))
  const owner = { pid: process.pid, startTicks: startTicksOf(process.pid) }
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner))
  return folder
}

/**
 * The control group that holds those of the folder's containers.
 * @param {string} folder
 */
export function cgroupOf(folder) {
  return `/${basename(folder)}`
}

/**
 * Removes an engine's folder and its control groups. The engine has ended: its namespace took its mounts along.
 * @param {string} folder
 */
export function removeEngineFolder(folder) {
  removeCgroups(folder)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** @param {string} folder */
function removeCgroups(folder) {
  for (const hierarchy of [CGROUP_ROOT, ...subdirectories(CGROUP_ROOT)]) {
    removeCgroup(join(hierarchy, cgroupOf(folder)))
  }
}

/** Removes what runs left behind whose every process was killed. What a living process owns stays. */
export function removeStaleFolders() {
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    for (const name of readdirSync(parent)) {
      const folder = join(parent, name)
      if (name.startsWith(PREFIX) && isStale(folder)) sweepStale(folder)
    }
  }
}

/** @param {string} folder */
function sweepStale(folder) {
  try {
    removeCgroups(folder)
    const claimed = `${folder}-${process.pid}`
    renameSync(folder, claimed) // of several runs that find it at once, one gets it
    removeEngineFolder(claimed)
  } catch {
    // Another run has it. Were it something else, the next run finds the folder again.
  }
}

/** @param {string} folder */
function isStale(folder) {
  try {
    const about = lstatSync(folder)
    if (!about.isDirectory() || about.uid !== process.getuid?.()) return false
    const owner = readOwner(folder)
    if (owner === undefined) return Date.now() - about.mtimeMs > NEWBORN_MS
    return owner.startTicks !== startTicksOf(owner.pid)
  } catch {
    return false // gone in the meantime
  }
}

/** @param {string} folder @returns {{ pid: number, startTicks: string } | undefined} */
function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * When a process started, which tells it from a later one with the same number; undefined where none runs, which includes one
 * that has ended and waits to be reaped. Source: proc(5), stat, fields 3 and 22.
 * @param {number} pid
 */
function startTicksOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** A control group is removed by rmdir, leaves first; the files in it are the kernel's. @param {string} path */
function removeCgroup(path) {
  for (const child of subdirectories(path)) removeCgroup(child)
  try {
    rmdirSync(path)
  } catch {
    // Not there in this hierarchy, or its last process is still being reaped: an empty group costs nothing.
  }
}

/** @param {string} path */
function subdirectories(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(path, entry.name))
  } catch {
    return []
  }
}
