/** A part of a word that a shell would replace, kept here as it is written. */
interface Expansion {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A word of a shell line, without its quotes; or an operator such as `&&`, `|`, `>` or a line's end. */
export interface ShellWord {
  readonly kind: 'word' | 'operator'
  readonly text: string
  readonly start: number
  readonly end: number
  readonly expansions: readonly Expansion[]
}

/** A fault of the line's writing itself. */
interface WordFault {
  readonly message: string
  readonly hint: string
  readonly start: number
  readonly end: number
}

interface SplitLine {
  readonly words: readonly ShellWord[]
  readonly faults: readonly WordFault[]
}

/** A line's continuation in a POSIX shell, in cmd and in PowerShell; spaces after it are forgiven, and said. */
const CONTINUATION = /[\\^`]([ \t]*)(?:#[^\n]*)?(?:\r?\n|$)/y
const REDIRECTION = /\d?(?:>>|>&|>\||>|<<<|<<|<)&?\d?/y
const CONTROL = /&&|\|\||;;|[;&|()]|\r?\n/y
/** `<your password>`: documents write so, and a shell would read a redirection. */
const PLACEHOLDER = /<[^<>\n&|;]+>/y
const NAME = /\$(?:[A-Za-z_]\w*|[0-9@*#?$!-]|env:\w+)/y
const TILDE = /~[\w.-]*(?=[/\s:]|$)/y
/** `{a,b}` and `{1..3}` of bash. */
const BRACES = /\{[^{}\s"'`]*(?:,|\.\.)[^{}\s"'`]*\}/y
const ANSI_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  e: '\u001B',
  a: '\u0007',
  '0': '\0'
}

/**
 * Splits a line into words as a POSIX shell does: quotes, escapes, continued lines, comments. Nothing is expanded: `$VAR`, `$(...)`,
 * backquotes, a leading `~` and `<placeholders>` stay in the word as written, and are listed with it.
 * Source: POSIX.1-2017 Shell Command Language, 2.2 and 2.3.
 */
export function splitWords(text: string): SplitLine {
  return new Splitter(text).run()
}

class Splitter {
  private readonly text: string
  private at = 0
  private start = 0
  /** The word so far; undefined between words. */
  private word: string | undefined
  private expansions: Expansion[] = []
  private readonly words: ShellWord[] = []
  private readonly faults: WordFault[] = []

  constructor(text: string) {
    this.text = text
  }

  run(): SplitLine {
    while (this.at < this.text.length) this.step()
    this.finish()
    return { words: this.words, faults: this.faults }
  }

  private step(): void {
    const char = this.text[this.at] ?? ''
    if (this.continued() || this.operator()) return
    if (/\s/.test(char)) {
      this.finish()
      this.at++
    } else if (char === '#' && this.word === undefined) {
      this.at = this.lineEnd()
    } else {
      this.begin()
      this.piece(char)
    }
  }

  /** A piece of a word outside of quotes. */
  private piece(char: string): void {
    if (char === "'") this.singleQuoted()
    else if (char === '"') this.doubleQuoted()
    else if (this.text.startsWith("$'", this.at)) this.ansiQuoted()
    else if (char === '\\') {
      this.word += this.text[this.at + 1] ?? ''
      this.at += 2
    } else if (!this.braces() && !this.expansion(this.at === this.start)) {
      this.word += char
      this.at++
    }
  }

  private continued(): boolean {
    const found = this.match(CONTINUATION)
    if (!found) return false
    const start = this.at
    this.at += found[0].length
    // At the very end there is no line to go on with; a backquote there ends what it began.
    if (!found[0].includes('\n') && found[0][0] === '`') {
      this.at = start
      return false
    }
    if (found[0].includes('\n') && /^.[ \t]/.test(found[0])) {
      this.finish()
      this.fault(
        start,
        'spaces after a line’s last backslash',
        'a shell would not go on with the next line: remove them'
      )
    } else if (found[0][0] !== '\\') this.finish()
    return true
  }

  private operator(): boolean {
    const placeholder = this.match(PLACEHOLDER)
    if (placeholder) {
      this.begin()
      this.keep(placeholder[0])
      return true
    }
    const digits = this.word === undefined || /^\d$/.test(this.word)
    const redirection =
      digits || /[<>]/.test(this.text[this.at] ?? '') ? this.match(REDIRECTION) : null
    const found = redirection ?? this.match(CONTROL)
    if (!found) return false
    this.finish()
    const start = this.at
    this.at += found[0].length
    this.words.push({
      kind: 'operator',
      text: found[0].trim() === '' ? '\n' : found[0],
      start,
      end: this.at,
      expansions: []
    })
    return true
  }

  private singleQuoted(): void {
    const end = this.text.indexOf("'", this.at + 1)
    if (end < 0) this.unclosed("'")
    this.word += this.text.slice(this.at + 1, end < 0 ? undefined : end)
    this.at = end < 0 ? this.text.length : end + 1
  }

  private doubleQuoted(): void {
    const start = this.at++
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? ''
      if (char === '"') {
        this.at++
        return
      }
      const next = this.text[this.at + 1] ?? ''
      if (char === '\\' && /[$`"\\\n]/.test(next)) {
        if (next !== '\n') this.word += next
        this.at += 2
      } else if (!this.expansion(false)) {
        this.word += char
        this.at++
      }
    }
    this.unclosed('"', start)
  }

  /** `$'...'` of bash. */
  private ansiQuoted(): void {
    const start = this.at
    this.at += 2
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? ''
      if (char === "'") {
        this.at++
        return
      }
      const next = this.text[this.at + 1] ?? ''
      this.word += char === '\\' ? (ANSI_ESCAPES[next] ?? next) : char
      this.at += char === '\\' ? 2 : 1
    }
    this.unclosed("'", start)
  }

  private braces(): boolean {
    const found = this.match(BRACES)
    if (found) this.keep(found[0])
    return found !== null
  }

  /** Keeps what a shell would expand here, if anything is. */
  private expansion(atStart: boolean): boolean {
    const end = this.expansionEnd(atStart)
    if (end === undefined) return false
    this.keep(this.text.slice(this.at, end))
    return true
  }

  private expansionEnd(atStart: boolean): number | undefined {
    const two = this.text.slice(this.at, this.at + 2)
    if (two === '$(') return closing(this.text, this.at + 1, '(', ')')
    if (two === '${') return closing(this.text, this.at + 1, '{', '}')
    const found = this.match(NAME) ?? (atStart ? this.match(TILDE) : null)
    if (found) return this.at + found[0].length
    if (two[0] !== '`') return undefined
    const end = this.text.indexOf('`', this.at + 1)
    return end < 0 ? undefined : end + 1
  }

  private keep(text: string): void {
    this.expansions.push({ text, start: this.at, end: this.at + text.length })
    this.word += text
    this.at += text.length
  }

  private begin(): void {
    if (this.word !== undefined) return
    this.word = ''
    this.start = this.at
  }

  private finish(): void {
    if (this.word === undefined) return
    this.words.push({
      kind: 'word',
      text: this.word,
      start: this.start,
      end: this.at,
      expansions: this.expansions
    })
    this.word = undefined
    this.expansions = []
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)
  }

  private lineEnd(): number {
    const end = this.text.indexOf('\n', this.at)
    return end < 0 ? this.text.length : end
  }

  private unclosed(quote: string, start = this.at): void {
    this.fault(start, `the quote ${quote} is never closed`, 'close it, or write it as \\' + quote)
  }

  private fault(start: number, message: string, hint: string): void {
    this.faults.push({ message, hint, start, end: Math.min(this.text.length, start + 1) })
  }
}

/** Just after the bracket that closes the one at `at`; the text's end where none does. */
function closing(text: string, at: number, open: string, close: string): number {
  let depth = 0
  for (let index = at; index < text.length; index++) {
    if (text[index] === open) depth++
    if (text[index] === close && --depth === 0) return index + 1
  }
  return text.length
}
