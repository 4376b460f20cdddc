import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/**
 * Process 1 of the namespaces. It ends when its stdin closes, that is: with our process, however that one dies. The kernel then
 * kills all that runs inside (engine, shims, containers, registries) and drops every mount and network link with them.
 *
 * - The host's /proc is still there at first, so `/proc/self` is the pid as the host sees it.
 * - /run/containerd is fixed in containerd for the shims' sockets; several engines must not share it.
 * - `wait` also reaps what the engine orphans.
 */
const INIT_SCRIPT = `
set -e
read -r pid rest < /proc/self/stat
mount -t proc proc /proc
mkdir -p /run/containerd
mount -t tmpfs tmpfs /run/containerd
ip link set lo up
echo "$pid"
exec 3<&0
cat <&3 >/dev/null &
wait $!
`

/**
 * Network, process and mount namespaces of their own.
 * @typedef {object} Namespace
 * @property {number} pid its process 1, as the host sees it: for `nsenter -t`
 * @property {(command: string[]) => string[]} entering the arguments of `nsenter` that run a command inside
 * @property {Promise<unknown>} ended
 * @property {() => Promise<void>} end kills all that runs inside; answers when nothing is left
 */

/**
 * Opens a namespace. Needs root. It is gone at the latest when this process is.
 * @returns {Promise<Namespace>}
 */
export async function openNamespace() {
  const child = spawn(
    'unshare',
    ['--net', '--pid', '--mount', '--fork', '--kill-child', 'sh', '-c', INIT_SCRIPT],
    { stdio: ['pipe', 'pipe', 'pipe'] }
  )
  let complaint = ''
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const ended = once(child, 'close')
  const firstLine = once(createInterface(child.stdout), 'line')
  const line = await Promise.race([firstLine.then(([text]) => String(text)), ended.then(() => '')])
  if (!/^\d+$/.test(line)) {
    child.stdin.destroy()
    throw new Error(
      `No namespace for the test engine (root is needed): ${complaint.trim() || line}`
    )
  }
  const pid = Number(line)
  return {
    pid,
    entering: (command) => ['-t', String(pid), '--net', '--pid', '--mount', '--', ...command],
    ended,
    end: async () => {
      child.stdin.end()
      await ended
    }
  }
}
