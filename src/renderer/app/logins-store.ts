import { useEffect } from 'react'
import { create } from 'zustand'
import type { ErrorData } from '../../shared/bridge/errors'
import type { RegistryLogins } from '../../shared/registries/model'
import { call, errorOf } from '../bridge/client'

interface LogInRequest {
  /** `docker.io` for Docker Hub; absent: the person says. */
  readonly domain?: string
  /** Called once the log-in is kept: what had been refused goes on. */
  readonly onDone?: () => void
}

interface LoginsState {
  readonly logins: RegistryLogins
  /** Whether they were read, or could not be. */
  readonly isRead: boolean
  /** Why they cannot be read. */
  readonly error: ErrorData | undefined
  readonly request: LogInRequest | undefined
}

/** The log-ins of docker as they were last read, and the dialog that makes one. */
export const useLoginsStore = create<LoginsState>(() => ({
  logins: { logins: [] },
  isRead: false,
  error: undefined,
  request: undefined
}))

/** Asks for a log-in; a secret stays in the dialog. */
export function openLogIn(request: LogInRequest = {}): void {
  useLoginsStore.setState({ request })
}

/** Reads the log-ins anew. */
export async function readLogins(endpointId: string): Promise<void> {
  try {
    const logins = await call('registries.logins', { endpointId })
    useLoginsStore.setState({ logins, isRead: true, error: undefined })
  } catch (thrown) {
    useLoginsStore.setState({ isRead: true, error: errorOf(thrown) })
  }
}

/** The log-ins; read again when the window comes back to the front, where a terminal may have changed them. */
export function useLogins(endpointId: string | undefined): LoginsState {
  useEffect(() => {
    if (endpointId === undefined) return
    const read = (): void => void readLogins(endpointId)
    read()
    window.addEventListener('focus', read)
    return () => window.removeEventListener('focus', read)
  }, [endpointId])
  return useLoginsStore()
}
