import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import type { ByteText, FileEntry } from '../../shared/files/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { FrameReader } from '../engine/frames'
import { kindOfUnixMode } from '../archive/kinds'

/** A shell that has not answered by then will not (a dead network mount): the archive is asked instead. */
const LIMIT_MS = 10_000

/**
 * Tells every name of a folder with what `stat` knows. POSIX sh and `stat` (of coreutils, busybox, toybox), nothing else.
 *
 * Arguments: the folder, a nonce that no name can know. Names may hold anything, newlines too, so each record begins with the nonce:
 * `NONCE:mode:size:seconds:uid:gid:user:group:nameNONCE>name, or name -> target`. Says `NONCE done` at its end.
 */
const LIST_SCRIPT = `nonce=$2
export LC_ALL=C QUOTING_STYLE=literal
command -v stat >/dev/null || exit 1
cd -P -- "$1" || exit 1
tell() { stat -c "$nonce:%f:%s:%Y:%u:%g:%U:%G:%n$nonce>%N" -- "$@"; }
set --
for name in ./* ./.*; do
  case $name in ./. | ./..) continue ;; esac
  [ -e "$name" ] || [ -h "$name" ] || continue
  set -- "$@" "$name"
  [ "$#" -lt 200 ] || { tell "$@"; set --; }
done
[ "$#" -eq 0 ] || tell "$@"
echo "$nonce done"`

/**
 * A folder's names by a shell in the container; undefined where that cannot be done (it does not run, is paused, has no shell or no
 * `stat`, the folder cannot be entered): then the engine's archive tells, or says why not.
 * Source: `POST /containers/{id}/exec`, as root. Errors: `not-found` for the container, `engine-unreachable`, `cancelled`.
 */
export async function listByShell(
  engine: Engine,
  doing: Doing,
  containerId: string,
  path: ByteText,
  signal: AbortSignal
): Promise<readonly FileEntry[] | undefined> {
  const text = Buffer.from(path, 'latin1').toString('utf8')
  // An exec's arguments are JSON, so text: a path that is not UTF-8 cannot be named by it.
  if (Buffer.from(text, 'utf8').toString('latin1') !== path) return undefined
  const nonce = `portolan-${randomBytes(12).toString('hex')}`
  let connection: Duplex
  try {
    connection = await engine.do(doing, async (docker) => {
      const exec = await docker.getContainer(containerId).exec({
        AttachStdout: true,
        AttachStderr: true,
        Cmd: ['sh', '-c', LIST_SCRIPT, 'sh', text, nonce],
        User: '0:0',
        WorkingDir: '/'
      })
      return exec.start({ hijack: true, stdin: false })
    })
  } catch (thrown) {
    if (!(thrown instanceof PortolanError)) throw thrown
    if (thrown.code === 'engine-unreachable' || thrown.code === 'not-found') throw thrown
    return undefined
  }
  const said = await readOutput(connection, signal)
  if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
  return said === undefined ? undefined : parseListing(said, nonce)
}

/** What the process printed, as bytes; undefined when it took too long or the stream broke. */
async function readOutput(connection: Duplex, signal: AbortSignal): Promise<string | undefined> {
  const frames = new FrameReader()
  const pieces: string[] = []
  let late = false
  const end = (): void => void connection.destroy()
  const timer = setTimeout(() => {
    late = true
    end()
  }, LIMIT_MS)
  signal.addEventListener('abort', end, { once: true })
  try {
    for await (const chunk of connection as AsyncIterable<Uint8Array>) {
      for (const { stream, bytes } of frames.push(chunk))
        if (stream === 'stdout') pieces.push(Buffer.from(bytes).toString('latin1'))
    }
    return late ? undefined : pieces.join('')
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    connection.destroy()
  }
}

const RECORD = /^([0-9a-f]+):(\d+):(-?\d+):(\d+):(\d+):([^:]*):([^:]*):\.\/(.*)$/s

/** Takes the script's words apart; undefined where it did not come to its end. */
export function parseListing(said: string, nonce: string): readonly FileEntry[] | undefined {
  const [told, rest] = splitOnce(said, `${nonce} done\n`)
  if (rest === undefined) return undefined
  return told
    .split(`${nonce}:`)
    .slice(1)
    .flatMap((record) => {
      const [facts, linked] = splitOnce(record, `${nonce}>`)
      const entry = parseRecord(facts)
      if (!entry || linked === undefined) return []
      if (entry.kind !== 'link') return [entry]
      const linkTarget = targetOf(linked.replace(/\n$/, ''), entry.name)
      return [linkTarget === undefined ? entry : { ...entry, linkTarget }]
    })
}

function parseRecord(facts: string): FileEntry | undefined {
  const match = RECORD.exec(facts)
  if (!match) return undefined
  const [, mode = '', size, seconds, uid, gid, owner = '', group = '', name = ''] = match
  const unixMode = Number.parseInt(mode, 16)
  return {
    name,
    kind: kindOfUnixMode(unixMode),
    mode: unixMode & 0o7777,
    sizeBytes: Number(size),
    modifiedAtMs: Number(seconds) * 1000,
    uid: Number(uid),
    gid: Number(gid),
    ...(owner !== 'UNKNOWN' && owner !== '' && { owner }),
    ...(group !== 'UNKNOWN' && group !== '' && { group })
  }
}

/** busybox puts both in quotes and escapes nothing; coreutils, told to be literal, uses none. */
function targetOf(linked: string, name: string): string | undefined {
  const plain = `./${name} -> `
  if (linked.startsWith(plain)) return linked.slice(plain.length)
  const quoted = `'./${name}' -> '`
  return linked.startsWith(quoted) ? linked.slice(quoted.length, -1) : undefined
}

function splitOnce(text: string, by: string): [string, string | undefined] {
  const at = text.indexOf(by)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)]
}
