import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon, type ISearchOptions } from '@xterm/addon-search'
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import { LARGEST_INPUT_BYTES, LARGEST_SIDE } from '../../shared/exec/model'
import { ParseTurns } from './parse-turns'
import { cleanPaste, hasLineBreak, terminalKey } from './terminal-keys'
import { hasHardwareGl, readTheme } from './terminal-look'
import { CreditMeter, WINDOW_BYTES, type OpenPort, type TerminalPort } from './terminal-port'

/** Lines kept above the screen. */
const SCROLLBACK_LINES = 10_000

/** One for all terminals of the window, for they share its thread. */
const turns = new ParseTurns()

/** How a terminal is shown, and whom it asks. */
export interface TerminalViewOptions {
  /** The element that it fills; it follows that element's size. */
  readonly parent: HTMLElement
  /** In CSS pixels. */
  readonly fontSize: number
  readonly fontFamily: string
  readonly isMac: boolean
  /** Makes the text readable for a screen reader, at some cost. */
  readonly screenReader: boolean
  /** A person chose a link: an http or https address that the container wrote, so not to be trusted. */
  readonly onLink: (address: string) => void
  /** Asks before text with line breaks is pasted. */
  readonly confirmPaste: (text: string) => Promise<boolean>
  readonly copy: (text: string) => void
  /** Enter was pressed while nobody takes keys. */
  readonly onEnter: () => void
  /** A key that belongs to the window and not to the program. */
  readonly isWindowKey: (event: KeyboardEvent) => boolean
}

/**
 * A terminal on the screen, without a framework. {@link connect} gives it a far end; it shows what comes from there no faster than
 * it can parse it. What a container prints stays inside it: no title, no clipboard, no window operation, and links only pass to
 * `onLink`. Whoever made it calls {@link dispose}, which closes the far end too.
 */
export class TerminalView {
  readonly #options: TerminalViewOptions
  readonly #terminal: Terminal
  readonly #fit = new FitAddon()
  readonly #search = new SearchAddon()
  readonly #encoder = new TextEncoder()
  readonly #observer: ResizeObserver
  #port: TerminalPort | undefined
  /** What is shown was printed before: the answers that it asks of a terminal were given then. */
  #replays = false
  #takesKeys = true
  #disposed = false

  constructor(options: TerminalViewOptions) {
    const { parent, onLink } = options
    this.#options = options
    this.#terminal = new Terminal({
      allowProposedApi: true, // the widths of grapheme clusters, and marks of what was found
      cursorBlink: true,
      fontSize: options.fontSize,
      fontFamily: options.fontFamily,
      scrollback: SCROLLBACK_LINES,
      screenReaderMode: options.screenReader,
      macOptionIsMeta: true,
      theme: readTheme(parent),
      linkHandler: { activate: (_event, address) => onLink(address), allowNonHttpProtocols: false }
    })
    this.#terminal.loadAddon(this.#fit)
    this.#terminal.loadAddon(this.#search)
    this.#terminal.loadAddon(new UnicodeGraphemesAddon())
    this.#terminal.loadAddon(new WebLinksAddon((_event, address) => onLink(address)))
    // OSC 52 would write the clipboard: taken here, so that no default of a later version does it.
    this.#terminal.parser.registerOscHandler(52, () => true)
    this.#terminal.attachCustomKeyEventHandler((event) => this.#keyIsForProgram(event))
    this.#terminal.onData((text) => this.#send(this.#encoder.encode(text)))
    this.#terminal.onBinary((text) => this.#send(Uint8Array.from(text, (c) => c.charCodeAt(0))))
    this.#terminal.onResize(({ cols, rows }) => this.#port?.resize(cols, rows))
    this.#terminal.open(parent)
    parent.addEventListener('paste', this.#takePaste, { capture: true })
    this.#observer = new ResizeObserver(() => this.fit())
    this.#observer.observe(parent)
    this.fit()
    void this.#useHardware()
    void this.#measureWhenFontIsThere()
  }

  /** The size in cells. */
  get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.#terminal.cols, rows: this.#terminal.rows }
  }

  /**
   * Shows a far end from now on, after closing the one before. What is on the screen stays. With `replays` what comes first is what was
   * printed before, until {@link goLive}.
   */
  connect(open: OpenPort, replays = false): void {
    this.disconnect()
    this.#replays = replays
    const credit = new CreditMeter((bytes) => {
      if (this.#port === port) port.grant(bytes)
    })
    const port = open(this.size, WINDOW_BYTES, {
      onData: (bytes) => this.#write(bytes, () => credit.parsed(bytes.length)),
      onEnd: () => {
        if (this.#port === port) this.#port = undefined
      }
    })
    this.#port = port
  }

  /** From the next byte on nothing is a replay any more. */
  goLive(): void {
    this.#write('', () => (this.#replays = false))
  }

  /** Whether somebody takes what is typed; while nobody does, Enter asks for somebody. */
  set takesKeys(takesKeys: boolean) {
    this.#takesKeys = takesKeys
  }

  /** Whether lines end with a line feed alone, as those of a process without a terminal do. */
  set convertsLineEnds(converts: boolean) {
    this.#terminal.options.convertEol = converts
  }

  /** All of its text, as plain lines: a wrapped one in one piece, nothing of the empty end. */
  text(): string {
    const { normal } = this.#terminal.buffer
    const lines: string[] = []
    for (let at = 0; at < normal.length; at++) {
      const line = normal.getLine(at)
      if (!line) continue
      const goesOn = normal.getLine(at + 1)?.isWrapped === true
      const text = line.translateToString(!goesOn)
      if (line.isWrapped && lines.length > 0) lines.push((lines.pop() ?? '') + text)
      else lines.push(text)
    }
    return `${lines.join('\n').trimEnd()}\n`
  }

  /** Closes the far end, if there is one. */
  disconnect(): void {
    const port = this.#port
    this.#port = undefined
    port?.close()
  }

  /**
   * Writes words of our own on a line of their own, behind all that has come, and puts the terminal's modes (alternate screen,
   * mouse, hidden cursor) back that a program which was ended could not.
   */
  say(words: string): void {
    this.#write('', () => {
      // Only where it is on: leaving the alternate screen moves the cursor to where it was before.
      const isAlternate = this.#terminal.buffer.active.type === 'alternate'
      const modes = `${isAlternate ? '\u001b[?1049l' : ''}\u001b[!p\u001b[?1000;1002;1003;1006;2004l\u001b[?25h`
      this.#terminal.write(`${modes}\r\n\u001b[2m${cleanPaste(words)}\u001b[0m\r\n`)
    })
  }

  /** Fits the number of cells to the parent's size. Nothing while it is hidden: a shell must not shrink to one line. */
  fit(): void {
    const { clientWidth, clientHeight } = this.#options.parent
    if (this.#disposed || clientWidth === 0 || clientHeight === 0) return
    const wanted = this.#fit.proposeDimensions()
    if (!wanted || !Number.isFinite(wanted.cols) || !Number.isFinite(wanted.rows)) return
    const columns = Math.min(Math.max(wanted.cols, 2), LARGEST_SIDE)
    const rows = Math.min(Math.max(wanted.rows, 1), LARGEST_SIDE)
    if (columns !== this.#terminal.cols || rows !== this.#terminal.rows)
      this.#terminal.resize(columns, rows)
  }

  focus(): void {
    this.#terminal.focus()
  }

  clear(): void {
    this.#terminal.clear()
  }

  /** In CSS pixels. */
  setFontSize(fontSize: number): void {
    this.#terminal.options.fontSize = fontSize
    this.fit()
  }

  /** Reads the colours again, after the window's theme has changed. */
  refreshTheme(): void {
    this.#terminal.options.theme = readTheme(this.#options.parent)
  }

  /** What is selected, or nothing. */
  selectionText(): string {
    return this.#terminal.getSelection()
  }

  /** Pastes text as if it came from the clipboard, after asking where it has line breaks. */
  async paste(text: string): Promise<void> {
    const clean = cleanPaste(text)
    if (clean === '') return
    if (hasLineBreak(clean) && !(await this.#options.confirmPaste(clean))) return
    if (this.#disposed) return
    this.#terminal.paste(clean)
    this.focus()
  }

  /** Finds text, from the selection on, and selects it. False when there is none. */
  find(text: string, direction: 'next' | 'previous', options: ISearchOptions = {}): boolean {
    return direction === 'next'
      ? this.#search.findNext(text, options)
      : this.#search.findPrevious(text, options)
  }

  clearFound(): void {
    this.#search.clearDecorations()
  }

  /** Closes the far end and takes the terminal off the screen. */
  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.disconnect()
    this.#observer.disconnect()
    this.#options.parent.removeEventListener('paste', this.#takePaste, { capture: true })
    turns.forget(this.#terminal)
    this.#terminal.dispose()
  }

  readonly #takePaste = (event: ClipboardEvent): void => {
    // Before the terminal's own listener: it pastes without asking, and lets escapes through.
    event.preventDefault()
    event.stopPropagation()
    void this.paste(event.clipboardData?.getData('text/plain') ?? '')
  }

  #keyIsForProgram(event: KeyboardEvent): boolean {
    if (this.#options.isWindowKey(event)) return false
    const key = terminalKey(event, this.#options.isMac)
    if (key === 'program') {
      if (this.#takesKeys || event.type !== 'keydown' || event.key !== 'Enter') return true
      event.preventDefault()
      this.#options.onEnter()
      return false
    }
    // The browser's own paste follows, and its event brings the text without a permission to read the clipboard.
    if (key === 'paste' || event.type !== 'keydown') return false
    event.preventDefault()
    const text = this.selectionText()
    if (text !== '') this.#options.copy(text)
    return false
  }

  #write(data: Uint8Array | string, parsed: () => void): void {
    if (!this.#disposed) turns.write(this.#terminal, data, parsed)
  }

  #send(bytes: Uint8Array): void {
    if (this.#replays || !this.#takesKeys) return
    for (let at = 0; at < bytes.length; at += LARGEST_INPUT_BYTES)
      this.#port?.send(bytes.slice(at, at + LARGEST_INPUT_BYTES))
  }

  async #useHardware(): Promise<void> {
    if (!hasHardwareGl()) return
    const { WebglAddon } = await import('@xterm/addon-webgl')
    if (this.#disposed) return
    const addon = new WebglAddon()
    // The driver may take it away at any time; without the addon the DOM draws.
    addon.onContextLoss(() => addon.dispose())
    this.#terminal.loadAddon(addon)
  }

  async #measureWhenFontIsThere(): Promise<void> {
    const { fontFamily, fontSize } = this.#options
    await document.fonts.load(`${fontSize}px ${fontFamily}`)
    if (this.#disposed) return
    // Only a change makes it measure its cells again.
    this.#terminal.options.fontFamily = 'monospace'
    this.#terminal.options.fontFamily = fontFamily
    this.fit()
  }
}
