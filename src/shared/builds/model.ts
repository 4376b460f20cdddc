import type { ErrorData } from '../bridge/errors'

/** Which of the engine's builders does the work. Source: `version` of `POST /build` (2 is BuildKit). */
export type Builder = 'buildkit' | 'classic'

/** A secret for `RUN --mount=type=secret`: where its value is read from. The value itself is never kept, shown or told. */
export interface BuildSecret {
  readonly id: string
  readonly from:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'env'; readonly name: string }
}

/** What a build is made of: the choices of the dialog, and nothing that only one build has. */
export interface BuildOptions {
  /** Absolute path of the folder that is sent to the engine. */
  readonly contextPath: string
  /** Path of the Dockerfile: relative to the context, or absolute where it lies outside. */
  readonly dockerfile: string
  readonly tags: readonly string[]
  /** Name or number of the stage to stop at; the last one where absent. */
  readonly target?: string
  readonly buildArgs: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  /** `linux/arm64`; the engine's own where absent. */
  readonly platform?: string
  /** For RUN: `host`, `none`, or (classic builder only) a network's name. */
  readonly network?: string
  /** BuildKit only. */
  readonly secrets?: readonly BuildSecret[]
  /** Lets `RUN --mount=type=ssh` use the person's SSH agent; BuildKit only. */
  readonly sshAgent?: boolean
  readonly noCache: boolean
  /** Ask the registry for a newer base image even if one is here. */
  readonly pull: boolean
  /** Chosen by the engine's abilities where absent. */
  readonly builder?: Builder
}

/** A path inside the context that cannot be sent, or need not be, and one word why. */
export interface PathProblem {
  /** Relative to the context, with `/`. */
  readonly path: string
  readonly reason: 'socket' | 'vanished' | 'permission-denied' | 'unreadable'
}

/** A file or folder of the context and how many bytes it holds. */
export interface SizedPath {
  readonly path: string
  readonly sizeBytes: number
}

/** A Dockerfile's own ARG, for the dialog's list of build arguments. */
export interface DockerfileArg {
  readonly name: string
  readonly defaultValue?: string
  /** Index of the stage that declares it; absent for one before the first FROM. */
  readonly stage?: number
  readonly line: number
}

/** One `FROM` and what follows it. */
export interface DockerfileStage {
  readonly index: number
  readonly name?: string
  /** The base as written, such as `node:${VERSION}`. */
  readonly base: string
  /** Index of the earlier stage that `base` names. */
  readonly baseStage?: number
  readonly platform?: string
  readonly line: number
}

/** A Dockerfile found in a folder, as far as the dialog needs to know it. */
export interface DockerfileSummary {
  /** Relative to the context, with `/`; absolute where it lies outside. */
  readonly path: string
  readonly stages: readonly DockerfileStage[]
  readonly args: readonly DockerfileArg[]
  /** The images that it starts from, ARG defaults filled in, each once; stages and `scratch` are not among them. */
  readonly baseImages: readonly string[]
  /** The `# syntax=` directive: a frontend image that BuildKit pulls first. */
  readonly syntax?: string
  /** Its own `<name>.dockerignore`, which BuildKit prefers and the classic builder does not know. */
  readonly ownIgnoreFile?: string
  /** Why it could not be read. */
  readonly problem?: string
}

/** What an ignore file leaves out. */
export interface IgnoreSummary {
  /** `.dockerignore`, or the Dockerfile's own; absent where there is none. */
  readonly file?: string
  readonly patternCount: number
  /** Entries left out; a folder that is left out whole counts as one, for it is not read. */
  readonly ignoredCount: number
  /** The topmost entries that are left out, folders with a `/` at the end; at most 100. */
  readonly ignored: readonly string[]
  /** Why the file cannot be used, such as a syntax error in a pattern; nothing is left out then. */
  readonly problem?: string
}

/** What would be sent to the engine. */
export interface ContextSummary {
  readonly fileCount: number
  readonly directoryCount: number
  /** Symbolic links, FIFOs and devices. */
  readonly otherCount: number
  readonly sizeBytes: number
  /** The five biggest files. */
  readonly biggestFiles: readonly SizedPath[]
  /** The five biggest entries of the folder's top level, folders with all that they hold. */
  readonly biggestEntries: readonly SizedPath[]
  /** True where counting stopped at a limit: every number is then a lower bound. */
  readonly isTruncated: boolean
}

/** Something that a person should know before the build. */
export interface FolderWarning {
  readonly kind:
    'large-context' | 'heavy-folder' | 'possible-secret' | 'registry-syntax' | 'truncated'
  readonly message: string
  readonly path?: string
  /** A line for .dockerignore that would help. */
  readonly suggestedPattern?: string
}

interface DroppedPath {
  /** Absolute, as it was dropped. */
  readonly path: string
  readonly name: string
}

interface ScannedFolder extends DroppedPath {
  /** A valid repository name made from the folder's name. */
  readonly proposedTag: string
  readonly context: ContextSummary
  readonly ignore: IgnoreSummary
  /** Entries that are left out for what they are: sockets, files that went away meanwhile. */
  readonly skipped: readonly PathProblem[]
  /** Entries that would be sent but cannot be read: a build is refused because of them, as the docker CLI does. */
  readonly unreadable: readonly PathProblem[]
  readonly warnings: readonly FolderWarning[]
  /** The Dockerfile whose ignore rules were counted with; absent where there is none. */
  readonly countedFor?: string
}

/** What a dropped path is, and for a folder what a build of it would send. */
export type FolderReport =
  | (ScannedFolder & {
      readonly kind: 'build-folder'
      /** At least one; the one that docker would take comes first. */
      readonly dockerfiles: readonly DockerfileSummary[]
    })
  | (ScannedFolder & { readonly kind: 'folder-without-dockerfile' })
  | (DroppedPath & {
      readonly kind: 'file'
      readonly sizeBytes: number
      /** Its name says that it is a Dockerfile: its folder is what should be built. */
      readonly isDockerfile: boolean
      /** Absolute path of the folder that holds it. */
      readonly folder: string
    })
  | (DroppedPath & {
      readonly kind: 'too-broad'
      readonly reason: 'filesystem-root' | 'home'
    })
  | (DroppedPath & { readonly kind: 'special'; readonly type: 'socket' | 'fifo' | 'device' })
  | (DroppedPath & {
      readonly kind: 'unreadable'
      readonly reason: 'permission-denied' | 'symlink-loop' | 'not-found' | 'unreadable'
      /** The system's own words. */
      readonly systemMessage: string
    })

/** One step of a build, as it stands. */
export interface BuildStep {
  /** A vertex's digest (BuildKit) or `step-<n>` (classic). */
  readonly id: string
  /** As the builder writes it: `RUN make`, `[build 2/5] RUN make`. */
  readonly name: string
  readonly number?: number
  readonly total?: number
  readonly isCached: boolean
  readonly startedAtMs?: number
  readonly durationMs?: number
  /** The builder's words; present only on a step that failed. */
  readonly error?: string
  /** 1-based first line of its instruction in the Dockerfile. */
  readonly line?: number
  /** How far it is, where the builder tells (a pull, a transfer). */
  readonly progress?: { readonly current: number; readonly total?: number }
}

/** What a build with its result tells, in order. */
export type BuildEvent =
  | { readonly kind: 'builder'; readonly builder: Builder }
  | { readonly kind: 'upload'; readonly sentBytes: number; readonly totalBytes: number }
  | {
      readonly kind: 'step'
      readonly phase: 'started' | 'updated' | 'finished'
      readonly step: BuildStep
    }
  | {
      readonly kind: 'log'
      /** Absent for words of the builder that belong to no step. */
      readonly stepId?: string
      readonly stream: 'stdout' | 'stderr'
      /** Any piece of text, not always whole lines; may hold ANSI colours. */
      readonly text: string
    }
  | { readonly kind: 'warning'; readonly message: string; readonly line?: number }
  | { readonly kind: 'result'; readonly result: BuildResult }

/** What a build ended with. */
export interface BuildResult {
  /** `sha256:` and 64 hex digits. */
  readonly imageId: string
  /** As asked for, `:latest` written out. */
  readonly tags: readonly string[]
  readonly builder: Builder
  readonly durationMs: number
}

/** A build as it is remembered, over restarts of the app. Its id is that of the task that did it. */
export interface PastBuild {
  readonly id: string
  /** The engine's address, as `docker --host` takes it. */
  readonly engine: string
  readonly title: string
  /** Without the values of arguments whose names speak of a secret. */
  readonly options: BuildOptions
  /** `interrupted`: the app ended in the middle of it. */
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted'
  readonly startedAtMs: number
  readonly endedAtMs?: number
  /** What was sent, in bytes of the tar. */
  readonly sentBytes?: number
  readonly stepCount: number
  readonly cachedCount: number
  readonly error?: ErrorData
  readonly result?: BuildResult
}

/** What a watched folder's stream tells. */
export type WatchEvent =
  | { readonly kind: 'building'; readonly buildId: string }
  /** The build has ended, and nothing has changed since. */
  | { readonly kind: 'waiting' }
