import headless, { type IBuffer, type IBufferCell } from '@xterm/headless'

// The addon reads its tables from the beginning of the memory that Buffers share, wherever in it they lie: none is shared while it loads.
const { poolSize } = Buffer
Buffer.poolSize = 0
const { UnicodeGraphemesAddon } = await import('@xterm/addon-unicode-graphemes')
Buffer.poolSize = poolSize

/** A terminal without a window, set up as ours is: what it has been given can be looked at cell by cell. */
export class Screen {
  readonly #terminal: headless.Terminal
  readonly #said: string[] = []

  constructor(columns = 80, rows = 24) {
    this.#terminal = new headless.Terminal({
      allowProposedApi: true,
      logLevel: 'off', // what it cannot parse is meant
      cols: columns,
      rows,
      scrollback: 10_000
    })
    this.#terminal.loadAddon(new UnicodeGraphemesAddon())
    this.#terminal.onTitleChange((title) => this.#said.push(`title ${title}`))
    this.#terminal.onBell(() => this.#said.push('bell'))
    this.#terminal.onData((text) => this.#said.push(`answer ${JSON.stringify(text)}`))
  }

  /** Called with what the terminal answers to the program. */
  onAnswer(listener: (text: string) => void): void {
    this.#terminal.onData(listener)
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
  }

  /** Resolves when it was parsed. */
  write(bytes: Uint8Array | string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(bytes, resolve))
  }

  get isAlternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate'
  }

  /** The lines of what is shown now, without their empty ends. */
  get lines(): string[] {
    const { active } = this.#terminal.buffer
    return Array.from(
      { length: this.#terminal.rows },
      (_, at) => active.getLine(active.baseY + at)?.translateToString(true) ?? ''
    )
  }

  /** {@link lines} in one piece. */
  get text(): string {
    return this.lines.join('\n')
  }

  /** Everything: size, both buffers with every cell's text, width and looks, cursors, modes, titles, bells, answers. */
  get everything(): string {
    const { cols, rows, modes, buffer } = this.#terminal
    return [
      `${cols}x${rows} ${buffer.active.type} ${JSON.stringify(modes)}`,
      ...linesOf(buffer.normal),
      ...linesOf(buffer.alternate),
      ...this.#said
    ].join('\n')
  }
}

function linesOf(buffer: IBuffer): string[] {
  const lines = [
    `${buffer.type} cursor ${buffer.cursorX},${buffer.cursorY} base ${buffer.baseY} viewport ${buffer.viewportY}`
  ]
  for (let at = 0; at < buffer.length; at++) {
    const line = buffer.getLine(at)
    if (!line) continue
    const cells = Array.from({ length: line.length }, (_, column) => cellOf(line.getCell(column)))
    lines.push(`${line.isWrapped ? 'wrapped' : 'line'} ${cells.join('|')}`)
  }
  return lines
}

function cellOf(cell: IBufferCell | undefined): string {
  if (!cell) return 'none'
  const looks = cell.isAttributeDefault()
    ? []
    : [
        cell.getFgColorMode(),
        cell.getFgColor(),
        cell.getBgColorMode(),
        cell.getBgColor(),
        cell.isBold(),
        cell.isDim(),
        cell.isItalic(),
        cell.isUnderline(),
        cell.isBlink(),
        cell.isInverse(),
        cell.isInvisible(),
        cell.isStrikethrough(),
        cell.isOverline()
      ]
  return [cell.getChars(), cell.getWidth(), ...looks].join(',')
}
