/** The name for a folder whose own name has no letter or digit that a repository may have. */
const FALLBACK = 'image'
/** Kept well under the 255 characters of a repository's path, so that a registry can be put before it. */
const LENGTH_LIMIT = 128

/**
 * The tag that a dropped folder's image gets by default: the folder's name made a valid repository name, such as
 * `My App (2)` -> `my-app-2`. Accents are dropped, other letters become a dash. Without a tag part: docker adds `:latest`.
 */
export function defaultTag(folderName: string): string {
  const name = folderName
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    // A separator is one of `.`, `_`, `__` or dashes; any other run of them becomes one dash.
    .replace(/[._-]{2,}/g, (run) => (run === '__' ? run : '-'))
    .slice(0, LENGTH_LIMIT)
    .replace(/^[._-]+|[._-]+$/g, '')
  if (name === '') return FALLBACK
  // 64 hex digits alone would mean an image's id.
  return /^[a-f0-9]{64}$/.test(name) ? `${FALLBACK}-${name}` : name
}
