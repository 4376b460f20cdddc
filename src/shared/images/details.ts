import { list, number, object, stringsOf, text, texts, time } from '../json/read'

/** How the engine asks whether a container of the image is well. Times in ms; absent: the engine's own. */
export interface ImageHealthCheck {
  /** As docker has it: `CMD` and words, `CMD-SHELL` and a line, or `NONE`. */
  readonly test: readonly string[]
  readonly intervalMs?: number
  readonly timeoutMs?: number
  readonly startPeriodMs?: number
  readonly retries?: number
}

/** What an inspection of an image tells beyond its row. */
export interface ImageDetails {
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  /** `NAME=value`, in the image's order. */
  readonly env: readonly string[]
  /** Such as `80/tcp`. */
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly user: string
  readonly workingDir: string
  readonly stopSignal: string
  readonly shell: readonly string[]
  /** Instructions that are done when another image is built upon this one. */
  readonly onBuild: readonly string[]
  readonly healthCheck?: ImageHealthCheck
  readonly labels: Readonly<Record<string, string>>
  /** `os/architecture[/variant]`. */
  readonly platform: string
  readonly author: string
  readonly comment: string
  readonly createdAtMs?: number
  /** The digests of the layers' uncompressed archives, the lowest first. */
  readonly layerDigests: readonly string[]
}

/** Reads `GET /images/{name}/json`, whatever a version of the engine leaves out or writes as null. */
export function toImageDetails(inspected: unknown): ImageDetails {
  const root = object(inspected)
  const config = object(root['Config'])
  const check = object(config['Healthcheck'])
  const test = texts(check['Test'])
  return {
    entrypoint: texts(config['Entrypoint']),
    command: texts(config['Cmd']),
    env: texts(config['Env']),
    ports: Object.keys(object(config['ExposedPorts'])).toSorted(byPort),
    volumes: Object.keys(object(config['Volumes'])).toSorted(),
    user: text(config['User']),
    workingDir: text(config['WorkingDir']),
    stopSignal: text(config['StopSignal']),
    shell: texts(config['Shell']),
    onBuild: texts(config['OnBuild']),
    ...(test.length > 0 && {
      healthCheck: {
        test,
        ...milliseconds('intervalMs', check['Interval']),
        ...milliseconds('timeoutMs', check['Timeout']),
        ...milliseconds('startPeriodMs', check['StartPeriod']),
        ...(number(check['Retries']) ? { retries: number(check['Retries']) ?? 0 } : {})
      }
    }),
    labels: stringsOf(object(config['Labels'])),
    platform: [text(root['Os']), text(root['Architecture']), text(root['Variant'])]
      .filter((part) => part !== '')
      .join('/'),
    author: text(root['Author']),
    comment: text(root['Comment']),
    ...time('createdAtMs', root['Created']),
    layerDigests: texts(object(root['RootFS'])['Layers'])
  }
}

/** A layer of an image's history. Source: `GET /images/{name}/history`. */
export interface HistoryEntry {
  /** What made it, in the builder's words. */
  readonly createdBy: string
  readonly createdAtMs?: number
  /** Bytes of its files. */
  readonly sizeBytes: number
  readonly comment: string
}

/** Reads `GET /images/{name}/history`: the lowest first, other than the engine writes it. */
export function toHistory(answer: unknown): HistoryEntry[] {
  return list(answer)
    .map((entry) => {
      const createdS = number(entry['Created'])
      return {
        createdBy: text(entry['CreatedBy']),
        ...(createdS !== undefined && createdS > 0 && { createdAtMs: createdS * 1000 }),
        sizeBytes: number(entry['Size']) ?? 0,
        comment: text(entry['Comment'])
      }
    })
    .toReversed()
}

/** The engine counts in nanoseconds. */
function milliseconds<K extends string>(key: K, value: unknown): { readonly [P in K]?: number } {
  const ns = number(value)
  return (ns ? { [key]: ns / 1e6 } : {}) as { readonly [P in K]?: number }
}

function byPort(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.localeCompare(b)
}
