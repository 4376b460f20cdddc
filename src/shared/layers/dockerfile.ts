import type { Stratum } from './model'

/**
 * A Dockerfile-like text of an image's history, the lowest entry first. `base` is the image that the first `baseEntries` come from.
 * What a history does not tell, such as the names of copied files, is `…`.
 */
export function historyText(
  strata: readonly Stratum[],
  base?: { readonly name: string; readonly entries: number }
): string {
  const own = strata.slice(base?.entries ?? 0)
  return [`FROM ${base?.name ?? 'scratch'}`, ...own.map(lineOf)].join('\n') + '\n'
}

function lineOf({ instruction: { keyword, text }, createdBy, comment }: Stratum): string {
  if (keyword !== '') return `${keyword} ${continued(text)}`.trimEnd()
  const words = [createdBy, comment].filter((each) => each !== '').join(' · ')
  return `# ${words === '' ? '…' : words.replaceAll('\n', '\n# ')}`
}

/**
 * Long runs of blanks are where the Dockerfile's lines went on: it keeps the blanks at a line's begin. Broken there again, the text
 * means the same.
 */
function continued(text: string): string {
  return text.replaceAll(/([ \t])([ \t]{2,})(?=\S)/g, '$1\\\n$2')
}
