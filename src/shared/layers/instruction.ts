/** What made a layer, as a Dockerfile would say it. */
export interface Instruction {
  /** In capitals, such as `RUN`; empty where the words are no instruction's: a commit, an import, another builder. */
  readonly keyword: string
  /** What follows it. */
  readonly text: string
}

/** Instructions that change the configuration alone, and so make no layer. */
const METADATA = new Set(
  'ARG CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER ONBUILD SHELL STOPSIGNAL USER VOLUME'.split(
    ' '
  )
)
const KEYWORD = /^(ADD|COPY|RUN|WORKDIR|[A-Z]+) ?([\s\S]*)$/
/** The classic builder's mark of what runs nothing, behind the shell of the time. */
const NOP = /^[\s\S]*?#\(nop\) +([\s\S]*)$/
/** Build arguments (`|2 A=1 B=2`), then a shell as Dockerfiles have it, then the line. */
const SHELL_LINE =
  /^(?:\|\d+ (?:[\s\S]*? )??)?(?:(?:\/\S*\/)?(?:sh|bash|ash|dash|zsh|ksh)(?: -?\w+)*? -\w*c|cmd \/S \/C|powershell(?:\.exe)? -Command (?:[\s\S]*?; )?) ?([\s\S]*)$/

/** True for an instruction that makes no layer. */
export function isMetadata({ keyword }: Instruction): boolean {
  return METADATA.has(keyword)
}

/**
 * Reads what a history calls `CreatedBy`, in the words of the classic builder and of BuildKit.
 * Source: builder/dockerfile/dispatchers.go of moby, frontend/dockerfile/dockerfile2llb of BuildKit.
 */
export function parseInstruction(createdBy: string): Instruction {
  const classic = NOP.exec(createdBy)?.[1]
  if (classic !== undefined) return tidy(split(classic.trimEnd()))
  const words = createdBy.replace(/ # buildkit$/, '')
  const isBuildKit = words !== createdBy
  const line = SHELL_LINE.exec(words)?.[1]
  if (line !== undefined) return { keyword: 'RUN', text: line }
  const told = split(words)
  if (told.keyword === 'RUN') {
    return { keyword: 'RUN', text: SHELL_LINE.exec(told.text)?.[1] ?? told.text }
  }
  const isInstruction =
    isBuildKit || METADATA.has(told.keyword) || /^(ADD|COPY|WORKDIR)$/.test(told.keyword)
  return isInstruction ? tidy(told) : { keyword: '', text: createdBy }
}

function split(words: string): Instruction {
  const [, keyword = '', text = words] = KEYWORD.exec(words) ?? []
  return { keyword, text }
}

/** Go's way of writing values, as a Dockerfile's. What is not understood stays. */
function tidy({ keyword, text }: Instruction): Instruction {
  switch (keyword) {
    case 'CMD':
    case 'ENTRYPOINT':
      return { keyword, text: quotedList(text) ?? text }
    case 'VOLUME':
    case 'SHELL':
      return { keyword, text: bareList(text) ?? text }
    case 'EXPOSE':
      return { keyword, text: text.replace(/^(?:map)?\[(.*)\]$/, '$1').replaceAll(':{}', '') }
    case 'HEALTHCHECK':
      return { keyword, text: healthCheck(text) ?? text }
    case 'ENV':
    case 'LABEL':
      return { keyword, text: pairs(text) }
    case 'COPY':
    case 'ADD':
      // The classic builder tells the content's digest, not what it was called.
      return {
        keyword,
        text: text.replace(/^(?:file|dir|multi):[0-9a-f]+ in (.*)$/s, '… $1').trim()
      }
    default:
      return { keyword, text }
  }
}

/** `["a" "b"]`, with commas or without, as JSON. */
function quotedList(text: string): string | undefined {
  const inside = /^\[(.*)\]$/s.exec(text)?.[1]
  if (inside === undefined) return undefined
  const words = inside.match(/"(?:[^"\\]|\\.)*"/gs) ?? []
  const rest = inside.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '').replaceAll(/[\s,]/g, '')
  return rest === '' ? `[${words.join(', ')}]` : undefined
}

/** `[a b]`, whose words Go writes without quotes. */
function bareList(text: string): string | undefined {
  if (text.startsWith('["')) return quotedList(text)
  const inside = /^\[(.*)\]$/s.exec(text)?.[1]
  return inside === undefined
    ? undefined
    : JSON.stringify(inside.split(' ')).replaceAll('","', '", "')
}

/** `&{["CMD-SHELL" "line"] "30s" "3s" "0s" '\x03'}`: interval, time-out, start period (and interval), retries. */
function healthCheck(text: string): string | undefined {
  const [, test, values = ''] = /^&\{(\[.*\])((?: "[^"]*")*) '.*'\}$/s.exec(text) ?? []
  const retries = /'\\x([0-9a-f]{2})'\}$/.exec(text)?.[1]
  const list = test === undefined ? undefined : quotedList(test)
  if (list === undefined) return undefined
  const [kind = '', ...words] = JSON.parse(list) as string[]
  if (kind === 'NONE') return 'NONE'
  const names = ['interval', 'timeout', 'start-period', 'start-interval']
  const options = [...values.matchAll(/"([^"]*)"/g)].flatMap(([, value = ''], at) =>
    value === '' || value === '0s' ? [] : `--${names[at]}=${value}`
  )
  const count = Number.parseInt(retries ?? '0', 16)
  if (count > 0) options.push(`--retries=${count}`)
  const check =
    kind === 'CMD-SHELL' ? words.join(' ') : JSON.stringify(words).replaceAll('","', '", "')
  return [...options, 'CMD', check].join(' ')
}

/** `A=b c D=e`: what holds blanks is quoted, and a word that begins with a name and `=` begins another pair. */
function pairs(text: string): string {
  if (/^[^\s="]+="/.test(text)) return text
  const found: string[] = []
  for (const word of text.split(' ')) {
    const last = found.length - 1
    if (last < 0 || /^[\w.-]+=/.test(word)) found.push(word)
    else found[last] = `${found[last]} ${word}`
  }
  return found.map(quotePair).join(' ')
}

function quotePair(pair: string): string {
  const [, name, value = ''] = /^([^\s="]+)=(.*)$/s.exec(pair) ?? []
  if (name === undefined || !/\s/.test(value)) return pair
  return `${name}="${value.replaceAll(/["\\$]/g, String.raw`\$&`)}"`
}
