import type { DockerfileSummary, FolderWarning } from '../../shared/builds/model'
import type { ContextScan } from './context/scan'

/** From here on an upload takes long enough to be worth a word. */
const LARGE_BYTES = 500 * 1000 * 1000
/** A folder that images seldom need is worth a word from here on. */
const HEAVY_BYTES = 10 * 1000 * 1000

/** Folders that tools fill and images seldom need, with the line of .dockerignore that leaves each out. */
const HEAVY_FOLDERS: Readonly<Record<string, string>> = {
  '.git/': '.git',
  'node_modules/': '**/node_modules',
  'target/': 'target',
  '.venv/': '.venv',
  'venv/': 'venv',
  '.cache/': '.cache',
  '.next/': '.next',
  '.gradle/': '.gradle'
}

/** What a person should know of a folder before its build. */
export function warningsOf(
  scan: ContextScan,
  dockerfiles: readonly DockerfileSummary[]
): FolderWarning[] {
  const { sizeBytes, biggestEntries, isTruncated } = scan.summary
  const warnings: FolderWarning[] = []
  if (isTruncated) {
    const message =
      'The folder holds so much that counting was stopped: the numbers are lower bounds.'
    warnings.push({ kind: 'truncated', message })
  }
  if (sizeBytes > LARGE_BYTES) {
    const message = `${Math.round(sizeBytes / 1e6)} MB would be sent to the engine.`
    warnings.push({ kind: 'large-context', message })
  }
  for (const { path, sizeBytes: bytes } of biggestEntries) {
    const suggestedPattern = HEAVY_FOLDERS[path]
    if (suggestedPattern === undefined || bytes < HEAVY_BYTES) continue
    const message = `“${path}” is ${Math.round(bytes / 1e6)} MB of it; few images need it.`
    warnings.push({ kind: 'heavy-folder', message, path, suggestedPattern })
  }
  for (const path of scan.secrets) {
    const message = `“${path}” looks like a secret and would be sent; a COPY may put it into the image.`
    warnings.push({ kind: 'possible-secret', message, path, suggestedPattern: path })
  }
  for (const { path, syntax } of dockerfiles) {
    if (syntax === undefined) continue
    const message = `BuildKit pulls “${syntax}” from a registry first, as the “# syntax=” line of “${path}” says.`
    warnings.push({ kind: 'registry-syntax', message, path })
  }
  return warnings
}
