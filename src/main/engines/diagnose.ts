import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { Diagnosis } from '../../shared/engines/diagnosis'
import type { EndpointAddress } from '../../shared/engines/model'
import { findProgram } from './find-program'

/** What the start script installs an engine with. */
const APT_GET = '/usr/bin/apt-get'

/**
 * Finds out why an endpoint does not answer, from what this machine tells: socket, its owner, the user's groups (as /etc/group has
 * them, and as this session got them at log-in), and whether dockerd is installed, which `find` tells. Runs nothing.
 */
export async function diagnose(
  address: EndpointAddress,
  connected: boolean,
  find = findProgram
): Promise<Diagnosis> {
  const userName = nameOfUser()
  const dockerdPath = await find('dockerd')
  const mayStartPrivate = process.platform === 'linux' && process.getuid?.() === 0
  const common = {
    userName,
    ...(dockerdPath && { dockerdPath }),
    canStartPrivate: dockerdPath !== undefined && mayStartPrivate
  }
  if (connected) return { ...common, cause: 'answering', commands: [] }
  if (address.kind !== 'unix') return { ...common, cause: 'remote', commands: [] }
  const { socketPath } = address
  const here = { ...common, socketPath }
  const socket = await stat(socketPath).catch((thrown: unknown) =>
    isDenied(thrown) ? 'hidden' : undefined
  )
  // A folder above it is closed to this user: whether there is a socket, and whose, cannot be told.
  if (socket === 'hidden') return { ...here, cause: 'denied', commands: [] }
  // Where there is none to start at the press of a button, the start script installs one, if it can.
  const startPrivate =
    !dockerdPath && mayStartPrivate && (await canAccess(APT_GET, constants.X_OK))
      ? ['npm start -- --private-engine']
      : []
  const start = ['sudo systemctl start docker', 'sudo service docker start']
  if (!socket) {
    const install = dockerdPath ? [] : ['sudo apt-get install docker.io']
    return { ...here, cause: 'no-socket', commands: [...install, ...start, ...startPrivate] }
  }
  const allowed = await canAccess(socketPath, constants.R_OK | constants.W_OK)
  if (allowed) return { ...here, cause: 'not-answering', commands: [...start, ...startPrivate] }
  // Where its group may not use the socket either, joining the group would not help.
  if ((socket.mode & 0o060) !== 0o060) return { ...here, cause: 'denied', commands: [] }
  const group = await groupOf(socket.gid, userName)
  return { ...here, cause: 'denied', group, commands: commandsFor(group, userName) }
}

function canAccess(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false
  )
}

function isDenied(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EACCES'
}

/** A user without an entry in the system's list, as in a container, has only a number. */
function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

function commandsFor(group: NonNullable<Diagnosis['group']>, userName: string): string[] {
  // In the group, but this session began before: only a new log-in (or newgrp) gets it.
  if (group.userIsMember) return [`newgrp ${group.name}`]
  // dockerd gives its socket to root's own group where there was no docker group when it started; nobody should join that one.
  const isRoots = group.name === 'root'
  const name = isRoots ? 'docker' : group.name
  const join = [`sudo groupadd --force ${name}`, `sudo usermod -aG ${name} ${userName}`]
  return isRoots ? [...join, 'sudo systemctl restart docker'] : join
}

async function groupOf(gid: number, userName: string): Promise<NonNullable<Diagnosis['group']>> {
  const lines = (await readFile('/etc/group', 'utf8').catch(() => '')).split('\n')
  const fields = lines.map((line) => line.split(':')).find((parts) => Number(parts[2]) === gid)
  return {
    name: fields?.[0] ?? String(gid),
    userIsMember: (fields?.[3] ?? '').split(',').includes(userName),
    sessionIsMember: process.getgroups?.().includes(gid) ?? false
  }
}
