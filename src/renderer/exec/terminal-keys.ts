/** The part of a keyboard event that decides. */
export type KeyPress = Pick<
  KeyboardEvent,
  'type' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'
>

/** What a terminal does with a key besides sending it to the program. */
export type TerminalKey = 'copy' | 'paste' | 'program'

/**
 * The platform's keys for copy and paste: Ctrl+Shift+C and V, Ctrl+Insert and Shift+Insert; Cmd+C and Cmd+V on a Mac. All else,
 * Ctrl+C and Ctrl+V too, is the program's. By `code`, so that it holds on every keyboard layout.
 */
export function terminalKey(press: KeyPress, isMac: boolean): TerminalKey {
  const { code, ctrlKey, shiftKey, altKey, metaKey } = press
  if (altKey) return 'program'
  if (isMac) {
    if (!metaKey || ctrlKey || shiftKey) return 'program'
    return code === 'KeyC' ? 'copy' : code === 'KeyV' ? 'paste' : 'program'
  }
  if (metaKey) return 'program'
  if (ctrlKey && shiftKey) return code === 'KeyC' ? 'copy' : code === 'KeyV' ? 'paste' : 'program'
  if (code !== 'Insert' || ctrlKey === shiftKey) return 'program'
  return ctrlKey ? 'copy' : 'paste'
}

/**
 * Text from the clipboard without what a terminal would take for commands: an escape in it could end the bracketed paste and run
 * what follows. Tabs and line breaks stay.
 */
export function cleanPaste(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it takes out
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
}

/** Whether a paste has several lines, or a line that would run at once: worth a question. */
export function hasLineBreak(text: string): boolean {
  return /[\r\n]/.test(text)
}
