import { parseAnsi, PLAIN, type AnsiStyle } from '../../ui/ansi'

/** A line longer than this is cut, and says so: no screen shows it, and a browser lays it out for seconds. */
const LINE_LIMIT = 4000
/** Lines kept by the window; beyond them the oldest go. */
const LINE_COUNT_LIMIT = 250_000
/** How many lines go at once: taking single ones from the front of a long array is slow. */
const DROPPED_AT_ONCE = 10_000

const ESC = '\u001B'

/** One line of a build's output; may hold terminal controls. */
export interface LogLine {
  /** Grows by one from line to line. */
  readonly id: number
  readonly stepId?: string
  readonly text: string
  /** Characters cut from its end. */
  readonly cutCount: number
  /** The look that it begins with. */
  readonly style: AnsiStyle
}

type Open = { -readonly [K in keyof LogLine]: LogLine[K] }

/**
 * The lines of a build's output, made from pieces that are no whole lines. Lines of different steps do not mix, though their pieces
 * come mixed. A carriage return writes a line anew, as progress bars do.
 */
export class LogLines {
  /** Oldest first; the same array always, changed in place. */
  readonly all: LogLine[] = []
  /** How many of the oldest lines are gone. */
  droppedCount = 0
  readonly #byStep = new Map<string, LogLine[]>()
  /** The line of each step and stream that is not ended yet. */
  readonly #open = new Map<string, Open>()
  readonly #styles = new Map<string, AnsiStyle>()
  readonly #limit: number
  #nextId = 0

  constructor(limit = LINE_COUNT_LIMIT) {
    this.#limit = limit
  }

  /** The lines of one step, oldest first; the same array always. */
  ofStep(stepId: string): readonly LogLine[] {
    return this.#linesOf(stepId)
  }

  /** Adds a piece of text that a step (or the builder itself) printed. */
  add(text: string, stream: 'stdout' | 'stderr', stepId?: string): void {
    const key = `${stepId ?? ''} ${stream}`
    const lines = text.split('\n')
    for (const [index, piece] of lines.entries()) {
      const isLast = index === lines.length - 1
      if (isLast && piece === '') break
      const line = this.#open.get(key) ?? this.#begin(key, stepId)
      append(line, piece)
      if (isLast) break
      this.#open.delete(key)
      // Nearly all lines are plain: reading them for colours would cost more than all else.
      if (line.text.includes(ESC)) this.#styles.set(key, parseAnsi(line.text, line.style).end)
    }
    this.#dropOldest()
  }

  #begin(key: string, stepId: string | undefined): Open {
    const line: Open = {
      id: this.#nextId++,
      ...(stepId !== undefined && { stepId }),
      text: '',
      cutCount: 0,
      style: this.#styles.get(key) ?? PLAIN
    }
    this.#open.set(key, line)
    this.all.push(line)
    if (stepId !== undefined) this.#linesOf(stepId).push(line)
    return line
  }

  #linesOf(stepId: string): LogLine[] {
    const known = this.#byStep.get(stepId)
    if (known) return known
    const lines: LogLine[] = []
    this.#byStep.set(stepId, lines)
    return lines
  }

  #dropOldest(): void {
    if (this.all.length <= this.#limit) return
    const dropped = this.all.splice(0, Math.min(DROPPED_AT_ONCE, Math.ceil(this.#limit / 10)))
    this.droppedCount += dropped.length
    const counts = new Map<string, number>()
    for (const { stepId } of dropped) {
      if (stepId !== undefined) counts.set(stepId, (counts.get(stepId) ?? 0) + 1)
    }
    // Lines of a step are in the same order: what went is its beginning.
    for (const [stepId, count] of counts) this.#linesOf(stepId).splice(0, count)
    this.#dropOldest()
  }
}

function append(line: Open, piece: string): void {
  let text = line.text + piece
  // A return at the end may be half of a CRLF: it counts when something follows.
  const end = text.endsWith('\r') ? text.length - 1 : text.length
  const back = text.lastIndexOf('\r', end - 1)
  if (back >= 0 && end > 0) {
    text = text.slice(back + 1)
    line.cutCount = 0
  }
  if (text.length > LINE_LIMIT) {
    line.cutCount += text.length - LINE_LIMIT
    text = text.slice(0, LINE_LIMIT)
  }
  line.text = text
}
