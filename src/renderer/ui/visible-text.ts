/** Controls, and what turns the direction of writing: a file's name or line must not hide what it says. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g

/** A text of a container's with its controls to be seen, such as `␛` for an escape. Tabs stay. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x24_00 + code)
    if (code === 0x7f) return '␡'
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}
