import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { Diagnosis } from '../../shared/engines/diagnosis'
import type { EndpointAddress } from '../../shared/engines/model'
import { findProgram } from './find-program'

/**
 * Finds out why an endpoint does not answer, from what this machine tells: socket, its owner, the user's groups (as /etc/group has
 * them, and as this session got them at log-in), and whether dockerd is installed. Runs nothing.
 */
export async function diagnose(address: EndpointAddress, connected: boolean): Promise<Diagnosis> {
  const userName = userInfo().username
  const dockerdPath = await findProgram('dockerd')
  const common = {
    userName,
    ...(dockerdPath && { dockerdPath }),
    canStartPrivate:
      dockerdPath !== undefined && process.platform === 'linux' && process.getuid?.() === 0
  }
  if (connected) return { ...common, cause: 'answering', commands: [] }
  if (address.kind !== 'unix') return { ...common, cause: 'remote', commands: [] }
  const { socketPath } = address
  const here = { ...common, socketPath }
  const socket = await stat(socketPath).catch(() => undefined)
  const start = ['sudo systemctl start docker', 'sudo service docker start']
  if (!socket) {
    const install = dockerdPath ? [] : ['sudo apt-get install docker.io']
    return { ...here, cause: 'no-socket', commands: [...install, ...start] }
  }
  const allowed = await access(socketPath, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false
  )
  if (allowed) return { ...here, cause: 'not-answering', commands: start }
  const group = await groupOf(socket.gid, userName)
  return { ...here, cause: 'denied', group, commands: commandsFor(group, userName) }
}

function commandsFor(group: NonNullable<Diagnosis['group']>, userName: string): string[] {
  // In the group, but this session began before: only a new log-in (or newgrp) gets it.
  if (group.userIsMember) return [`newgrp ${group.name}`]
  return [`sudo groupadd --force ${group.name}`, `sudo usermod -aG ${group.name} ${userName}`]
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
