/** Why an endpoint does not answer, as far as this machine tells, and what may be done. */
export interface Diagnosis {
  readonly cause: 'no-socket' | 'denied' | 'not-answering' | 'remote' | 'answering'
  readonly socketPath?: string
  /** The group that owns the socket, and whether this user is in it and whether this session knows. */
  readonly group?: {
    readonly name: string
    readonly userIsMember: boolean
    readonly sessionIsMember: boolean
  }
  readonly userName: string
  /** Where dockerd is, if it is installed. */
  readonly dockerdPath?: string
  /** True when we could start a private engine here: dockerd is there and we have the rights. */
  readonly canStartPrivate: boolean
  /** Commands that would mend it, for a person to copy; nothing is run. */
  readonly commands: readonly string[]
}
