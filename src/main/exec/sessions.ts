import { randomUUID } from 'node:crypto'
import { PortolanError } from '../../shared/bridge/errors'
import { attachCommand } from '../../shared/exec/command'
import { formatCommand } from '../../shared/command/quote'
import type { ShellChoice, TerminalSession, TerminalSize } from '../../shared/exec/model'
import type { HandlerContext } from '../bridge/context'
import { execCommandOf } from './open-run'
import { LiveSession } from './terminal-session'

/** More terminals than anybody looks at; a page that asks for more is broken. */
const MOST_SESSIONS = 200

/** What to open: a shell (or a command) in a container, or its main process. */
export type SessionRequest = TerminalSize & {
  readonly endpointId: string
  readonly containerId: string
  readonly sessionId?: string | undefined
} & (
    | ({ readonly kind: 'exec' } & ShellChoice)
    | { readonly kind: 'attach'; readonly start: boolean; readonly echoed?: boolean | undefined }
  )

/** Every terminal session of the app. */
export class Sessions {
  readonly #context: HandlerContext
  readonly #sessions = new Map<string, LiveSession>()
  /** Sessions that were dismissed and whose processes are still being ended. */
  readonly #closing = new Set<Promise<void>>()

  constructor(context: HandlerContext) {
    this.#context = context
  }

  /** Opens a session and answers its id at once; its row tells how it went. Errors: `conflict` for an id that is taken. */
  open(request: SessionRequest): { sessionId: string } {
    const row = this.#rowOf(request)
    if (this.#sessions.has(row.id))
      throw new PortolanError({ code: 'conflict', message: 'There is such a session already.' })
    if (this.#sessions.size >= MOST_SESSIONS)
      throw new PortolanError({
        code: 'conflict',
        message: 'Too many terminals are open.',
        hint: 'Close some of them first.'
      })
    const { columns, rows } = request
    const session = new LiveSession(this.#context, row, { columns, rows })
    this.#sessions.set(row.id, session)
    const start = request.kind === 'attach' && request.start
    const echoed = request.kind === 'attach' && request.echoed === true
    void session.begin(start, echoed, commandOf(row, start))
    return { sessionId: row.id }
  }

  /** Errors: `not-found`. */
  get(sessionId: string): LiveSession {
    const session = this.#sessions.get(sessionId)
    if (session) return session
    throw new PortolanError({
      code: 'not-found',
      message: 'This terminal session is not there any more.'
    })
  }

  /** Forgets a session at once, and ends what it runs; nobody waits for that. Errors: `not-found`. */
  dismiss(sessionId: string): void {
    const session = this.get(sessionId)
    this.#sessions.delete(sessionId)
    const closing = session.dismiss().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  /** Ends all. Resolves when nothing of theirs is left in a container. */
  async stop(): Promise<void> {
    for (const sessionId of this.#sessions.keys()) this.dismiss(sessionId)
    await Promise.all(this.#closing)
  }

  #rowOf(request: SessionRequest): TerminalSession {
    const { endpointId, containerId, sessionId: id = randomUUID() } = request
    const container = this.#context.state.get('containers', `${endpointId}/${containerId}`)
    const common = {
      endpointId,
      id,
      containerId,
      containerName: container?.name ?? containerId.slice(0, 12),
      image: container?.image ?? '',
      state: 'opening',
      startedAtMs: Date.now(),
      runs: 0
    } as const
    const row: TerminalSession =
      request.kind === 'exec'
        ? {
            ...common,
            kind: 'exec',
            user: request.user,
            workingDir: request.workingDir,
            shell: request.shell,
            command: request.command,
            line: '',
            tty: true,
            stdin: true,
            started: false
          }
        : { ...common, kind: 'attach', line: '', tty: false, stdin: false, started: request.start }
    return { ...row, line: formatCommand(commandOf(row, row.started)) }
  }
}

function commandOf(row: TerminalSession, start: boolean): readonly string[] {
  if (row.kind === 'exec') return execCommandOf(row)
  return attachCommand({ container: row.containerName, start, stdin: true })
}

const registries = new WeakMap<HandlerContext, Sessions>()

/** The sessions of an app: one registry for its handlers and its service. */
export function sessionsOf(context: HandlerContext): Sessions {
  let sessions = registries.get(context)
  if (!sessions) {
    sessions = new Sessions(context)
    registries.set(context, sessions)
  }
  return sessions
}
